/** Whether the group panel is open: where there is room until it is closed, elsewhere when it is asked for. */
import { create } from 'zustand'

const useChoice = create<{ wide: boolean; narrow: boolean }>(() => ({ wide: true, narrow: false }))

/** Whether to show it in a window of this kind. */
export function usePanel(isWide: boolean): boolean {
  return useChoice((choice) => (isWide ? choice.wide : choice.narrow))
}

export const panel = {
  set: (isOpen: boolean) => useChoice.setState({ wide: isOpen, narrow: isOpen }),
}
