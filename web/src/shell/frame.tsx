/** What features put around every page of an organisation, such as the engine that counts unread messages. */
import type { ComponentType, ReactNode } from 'react'

export interface FrameProps {
  slug: string
  children: ReactNode
}

const frames: ComponentType<FrameProps>[] = []

/** Called once at the start. The first one stands outermost. */
export function provideFrame(...all: ComponentType<FrameProps>[]) {
  frames.push(...all)
}

export function Frame({ slug, children }: FrameProps) {
  return frames.reduceRight<ReactNode>((inside, Part) => <Part slug={slug}>{inside}</Part>, children)
}
