/** Stub. */
export function SignInPage() {
  return null
}
