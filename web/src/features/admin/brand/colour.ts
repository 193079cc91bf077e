/** Whether two ways of writing a colour mean the same. */
export const isSameColour = (one: string, other: string) => one.trim().toLowerCase() === other.trim().toLowerCase()

/** As `input type=color` takes it; Tulou's own when it is none. */
export const pickable = (text: string) => (/^#[0-9a-f]{6}$/i.test(text.trim()) ? text.trim().toLowerCase() : '#266365')
