/** Hands people chosen anywhere to whoever begins conversations with them; features meet here. */
import { create } from 'zustand'
import type { Department, Member, PeopleGroup } from '~/api/types'

export interface Company {
  readonly members: readonly Member[]
  readonly departments: readonly Department[]
  /** Groups of the directory. */
  readonly groups: readonly PeopleGroup[]
}

const useBeginning = create<{ company: Company | null }>(() => ({ company: null }))

/** Who a conversation is to begin with; `null` when nobody asked. */
export const useCompany = () => useBeginning((state) => state.company)

/** The same outside of what is drawn. */
export const company = () => useBeginning.getState().company

/** Asks how the group is to be called, over the page that is open. With `null` the question is taken back. */
export const beginWith = (company: Company | null) => useBeginning.setState({ company })
