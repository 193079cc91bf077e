/** Names and faces of the people in conversations: asked for in batches, remembered for when there is no network. */
import type { Member } from '~/api/types'

/** The part of a member that messages show. */
export interface Person {
  readonly id: string
  readonly name: string
  readonly colour: number
  readonly avatar: number | null
  readonly position: string | null
  /** The first of the departments this person belongs to. */
  readonly department: string | null
  /** Where they stand; whoever was remembered before that was told has none. */
  readonly state?: Member['state'] | undefined
}


const ASK_AFTER_MS = 15
const AT_ONCE = 100

export function personOf(member: Member): Person {
  const { id, name, colour, avatar, position, state } = member
  const department = member.department_ids[0] ?? null
  return { id, name, colour, avatar: avatar ?? null, position: position ?? null, department, state }
}

export class People {
  private known: ReadonlyMap<string, Person> = new Map()
  /** With which question somebody was asked for last. */
  private readonly asked = new Map<string, number>()
  private questions = 0
  private readonly answered = new Set<string>()
  /** Whom the server's last answer did not name: erased, or not to be seen by this person any more. */
  private readonly gone = new Set<string>()
  private wanted = new Set<string>()
  private timer: ReturnType<typeof setTimeout> | undefined
  private readonly watchers = new Set<() => void>()
  private readonly load: (ids: readonly string[]) => Promise<readonly Member[]>

  constructor(load: (ids: readonly string[]) => Promise<readonly Member[]>) {
    this.load = load
  }

  readonly subscribe = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher)
    return () => this.watchers.delete(watcher)
  }

  readonly snapshot = (): ReadonlyMap<string, Person> => this.known

  /** Whether somebody who is not known may still become so: the answer is on its way. */
  isComing(id: string): boolean {
    return !this.known.has(id) && !this.answered.has(id)
  }

  /** Whether the server was asked for somebody and does not know them any more. */
  isGone(id: string): boolean {
    return this.gone.has(id)
  }

  /** Makes sure that these people are known, now or soon. */
  want(ids: Iterable<string>): void {
    for (const id of ids) if (!this.asked.has(id)) this.wanted.add(id)
    if (this.wanted.size > 0) this.timer ??= setTimeout(() => this.ask(), ASK_AFTER_MS)
  }

  /** Somebody, as soon as they are known; nobody when that takes too long. */
  know(id: string, withinMs = 1_000): Promise<Person | undefined> {
    const held = this.known.get(id)
    if (held) return Promise.resolve(held)
    this.want([id])
    return new Promise((resolve) => {
      const stop = this.subscribe(() => this.known.has(id) && end())
      const timer = setTimeout(() => end(), withinMs)
      const end = () => {
        clearTimeout(timer)
        stop()
        resolve(this.known.get(id))
      }
    })
  }

  /** Takes in people that came by another way. */
  learn(people: readonly Person[]): void {
    if (people.length > 0) this.tell(people)
  }

  private tell(people: readonly Person[], gone: readonly string[] = []): void {
    const known = new Map(this.known)
    for (const person of people) {
      known.set(person.id, person)
      this.gone.delete(person.id)
    }
    for (const id of gone) {
      known.delete(id)
      this.gone.add(id)
    }
    this.known = known
    for (const watcher of this.watchers) watcher()
  }

  /** Somebody's name or picture changed. */
  refresh(id: string): void {
    this.asked.delete(id)
    this.want([id])
  }

  /** Any change may have been missed: whoever was asked for is asked for again, and whoever is only remembered: they may be erased. */
  again(): void {
    const ids = [...this.known.keys(), ...this.asked.keys()]
    this.asked.clear()
    this.want(ids)
  }

  private ask(): void {
    this.timer = undefined
    const ids = [...this.wanted].slice(0, AT_ONCE)
    this.questions += 1
    const question = this.questions
    for (const id of ids) {
      this.asked.set(id, question)
      this.wanted.delete(id)
    }
    // An answer that was overtaken by a later question is old.
    const isLatest = (id: string) => (this.asked.get(id) ?? question) === question
    const answer = (people: readonly Person[], gone: readonly string[] = []) => {
      for (const id of ids) this.answered.add(id)
      this.tell(people, gone)
    }
    this.load(ids)
      .then((members) => {
        const found = new Set(members.map(({ id }) => id))
        answer(members.map(personOf).filter(({ id }) => isLatest(id)), ids.filter((id) => !found.has(id) && isLatest(id)))
      })
      .catch(() => {
        for (const id of ids) if (isLatest(id)) this.asked.delete(id)
        answer([])
      })
    if (this.wanted.size > 0) this.want([])
  }
}
