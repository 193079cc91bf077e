/** Finding anything: whether the palette is open, with what it begins, and what a search can be narrowed by. */
import type { ComponentType } from 'react'
import { create } from 'zustand'

/** What a search looks through. */
export const SCOPES = ['all', 'messages', 'files', 'conversations', 'people'] as const
export type Scope = (typeof SCOPES)[number]

/** Where in a message it must be: in its words, or in the name of a picture or of another file. */
export const KINDS = ['text', 'picture', 'file'] as const
export type Kind = (typeof KINDS)[number]

/** Days are the calendar's where this device is, as YYYY-MM-DD. */
export interface Filters {
  /** A member. */
  from?: string
  /** A conversation. */
  in?: string
  /** That day and later. */
  after?: string
  /** Earlier than that day. */
  before?: string
  kind?: Kind
}

export interface Search extends Filters {
  q?: string
  scope?: Scope
}

interface Finding {
  /** With what the palette was opened; `null` while it is closed. */
  start: Search | null
}

export const useFinding = create<Finding>(() => ({ start: null }))

/** Opens the palette. */
export const find = (start: Search = {}) => useFinding.setState({ start })
export const stopFinding = () => useFinding.setState({ start: null })

const provided: ComponentType[] = []

/** Called once at the start with what draws the palette. */
export function provideFinding(part: ComponentType) {
  provided.push(part)
}

export const findingParts = (): readonly ComponentType[] => provided
