/** Whether the files of the open conversation are shown beside it. */
import { create } from 'zustand'

const useOpen = create<{ isOpen: boolean }>(() => ({ isOpen: false }))

export const useFilesPanel = () => useOpen((state) => state.isOpen)

export const filesPanel = {
  set: (isOpen: boolean) => useOpen.setState({ isOpen }),
}
