/** Stub. */
export function WelcomePage() {
  return null
}
