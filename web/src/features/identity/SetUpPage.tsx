/** Stub. */
export function SetUpPage() {
  return null
}
