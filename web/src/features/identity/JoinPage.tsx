/** Stub. */
export function JoinPage() {
  return null
}
