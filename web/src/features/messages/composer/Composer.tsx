/** Where one writes. Enter sends, Shift Enter breaks the line, and neither fires while an input method composes. */
import { Trans, useLingui } from '@lingui/react/macro'
import { AtSign, SendHorizontal } from 'lucide-react'
import { type Dispatch, type KeyboardEvent, memo, type SetStateAction, useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import { Button } from '~/ui/Button'
import { IconButton } from '~/ui/IconButton'
import { useDrawn } from '~/ui/useDrawn'
import { useIsPhone, useMedia } from '~/lib/useMedia'
import { useMessages, useUploads } from '../context'
import { afresh, useAnswered, type Writing } from '../conversation/writing'
import type { Entry } from '../engine/entry'
import { stepOf } from '../list/steps'
import { useExplained } from '../uploads/useExplained'
import { AttachMenu } from './AttachMenu'
import { FormatMenu } from './FormatMenu'
import { format, type Mark } from './format'
import { MentionPicker, optionId } from './MentionPicker'
import { PendingFiles } from './PendingFiles'
import { pastedFiles, useAttach, useMayAttach } from './useAttach'
import { useDraft } from './useDraft'
import { type Candidate, useMentions } from './useMentions'
import { useSend } from './useSend'
import { WritingBar } from './WritingBar'
import styles from './Composer.module.css'

/** What is written on: the conversation, and what it is about. */
export interface Paper {
  entry: Entry
  title: string
  writing: Writing
  onWriting: Dispatch<SetStateAction<Writing>>
  onSent: () => void
}

const marks: Readonly<Record<string, Mark>> = { b: 'bold', i: 'italic', e: 'code' }

export const Composer = memo(function Composer(props: Paper) {
  return props.entry.conversation.can.send ? <Field {...props} /> : <p className={styles.closed}><WhyClosed of={props.entry.conversation} /></p>
})

function WhyClosed({ of: { kind, dissolved_at } }: { of: Entry['conversation'] }) {
  if (!dissolved_at) return <Trans>You can read here, but not write.</Trans>
  if (kind === 'direct') return <Trans>Nobody is on the other side any more. What was said can be read until its time is over.</Trans>
  return <Trans>This group was dissolved. What was said can be read until its time is over.</Trans>
}

function Field({ entry, title, writing, onWriting, onSent }: Paper) {
  const { t } = useLingui()
  const { engine } = useMessages()
  const list = useId()
  const area = useRef<HTMLTextAreaElement>(null)
  const isTouch = useMedia('(pointer: coarse)')
  // Whoever opens a conversation looks at its messages first. On a phone the buttons are part of the field's line.
  const isPhone = useIsPhone()
  const isDrawn = useDrawn() || isPhone
  const told = useRef<Writing | null>(null)
  const draft = useDraft(entry, writing.reply, (drafted) => {
    told.current = { reply: drafted, edited: writing.edited }
    onWriting(told.current)
  })
  const found = useAnswered(entry.conversation.id, writing.reply)
  // What was taken back cannot be answered any more.
  const reply = found && !found.body ? null : writing.reply
  const answered = reply === null ? undefined : found
  const [edited, setEdited] = useState<{ id: string; text: string } | null>(null)
  const changing = writing.edited
  const isEditing = changing !== null
  const isFresh = reply === null && !isEditing
  const cancel = () => onWriting(isEditing ? { ...writing, edited: null } : afresh)
  const before = changing?.body?.kind === 'text' ? changing.body.text : ''
  const text = changing === null ? draft.text : edited?.id === changing.id ? edited.text : before
  const setText = (next: string) => (changing === null ? draft.setText(next) : setEdited({ id: changing.id, text: next }))
  const [cursor, setCursor] = useState(0)
  const mentions = useMentions(entry, text, cursor)
  const drafts = useUploads((upload) => upload.isDraft && upload.conversation === entry.conversation.id)
  const files = isEditing ? [] : drafts
  const attach = useAttach(entry)
  // A change has only words: files would wait unseen for the next message.
  const mayAttach = useMayAttach(entry) && !isEditing
  const { first, dialog } = useExplained(entry, { areGiven: true })
  /** Where one points and types, the words that go with them, or Enter, come next. */
  const take = (chosen: readonly File[]) => {
    attach(chosen)
    if (!isTouch) area.current?.focus()
  }
  const clear = () => {
    draft.clear()
    mentions.clear()
  }
  const { send, editLast } = useSend({ entry, text, files, picked: mentions.picked, reply, answered, changing, onWriting, onSent, clear })
  const isOffering = mentions.candidates.length > 0
  const place = useRef<{ start: number; end: number } | null>(null)

  useEffect(() => {
    // Taking the focus makes the browser lay everything out: after what is seen, not before.
    const isAsked = writing.reply !== null || writing.edited !== null
    // What another device wrote does not draw this one away from what it is at.
    if (isDrawn && writing !== told.current && (isAsked || !isTouch)) area.current?.focus()
  }, [writing, isTouch, isDrawn])

  useLayoutEffect(() => {
    const field = area.current
    if (!field || field.value !== text) return
    field.style.blockSize = 'auto'
    // An empty field has the height of its one line: nothing has to be measured.
    if (text !== '') field.style.blockSize = `${field.scrollHeight}px`
    if (!place.current) return
    field.setSelectionRange(place.current.start, place.current.end)
    place.current = null
  }, [text])

  const write = (next: string, start: number, end = start) => {
    place.current = { start, end }
    setText(next)
    setCursor(end)
    area.current?.focus()
  }
  const choose = (candidate: Candidate) => {
    const chosen = mentions.choose(candidate)
    write(chosen.text, chosen.cursor)
  }
  const insert = (sign: string) => {
    const at = area.current?.selectionStart ?? text.length
    const gap = at > 0 && !/\s$/.test(text.slice(0, at)) ? ' ' : ''
    write(text.slice(0, at) + gap + sign + text.slice(at), at + gap.length + sign.length)
  }
  const mark = (kind: Mark) => {
    const field = area.current
    if (!field) return
    const next = format({ text, start: field.selectionStart, end: field.selectionEnd }, kind)
    write(next.text, next.start, next.end)
  }
  const pick = (event: KeyboardEvent): boolean => {
    const { candidates, active } = mentions
    const chosen = candidates[active]
    if (!chosen) return false
    if (event.key === 'ArrowDown') mentions.setActive((active + 1) % candidates.length)
    else if (event.key === 'ArrowUp') mentions.setActive((active - 1 + candidates.length) % candidates.length)
    else if (event.key === 'Enter' || event.key === 'Tab') choose(chosen)
    else if (event.key === 'Escape') mentions.dismiss()
    else return false
    return true
  }
  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229 || stepOf(event) !== null) return
    const kind = marks[event.key.toLowerCase()]
    const isMod = event.metaKey || event.ctrlKey
    if (event.key === 'ArrowUp' && text === '' && isFresh && !isOffering) {
      if (editLast()) event.preventDefault()
      return
    }
    const act = () => {
      if (event.key === 'Enter' && !event.shiftKey && (!isTouch || isMod)) return () => void send()
      if (event.key === 'Escape' && !isFresh) return cancel
      return isMod && kind !== undefined ? () => mark(kind) : null
    }
    const does = pick(event) ? () => undefined : act()
    if (!does) return
    event.preventDefault()
    does()
  }
  return (
    <div className={styles.place}>
      {dialog}
      {isOffering && <MentionPicker id={list} candidates={mentions.candidates} active={mentions.active} count={Math.max(entry.conversation.member_count - 1, 0)} onActive={mentions.setActive} onChoose={choose} />}
      <div className={styles.box}>
        <div className={styles.inside}>
          <WritingBar answered={answered} edited={changing} onCancel={cancel} />
          <PendingFiles files={files} />
          <textarea
            ref={area}
            className={styles.text}
            rows={1}
            dir="auto"
            value={text}
            placeholder={isTouch ? t`Write a message` : t`Message ${title}`}
            aria-label={t`Message ${title}`}
            aria-autocomplete="list"
            aria-controls={isOffering ? list : undefined}
            aria-activedescendant={isOffering ? optionId(list, mentions.active) : undefined}
            onKeyDown={press}
            onPaste={(event) => {
              const pasted = pastedFiles(event.clipboardData, t`Picture`)
              if (pasted.length === 0 || !mayAttach) return
              event.preventDefault()
              first(() => take(pasted))
            }}
            onSelect={(event) => setCursor(event.currentTarget.selectionStart)}
            onChange={(event) => {
              const field = event.target
              const next = mentions.single(field.value, field.selectionStart)
              setText(next.text)
              setCursor(next.cursor)
              // What is not taken over is put back, with the cursor at the end of everything.
              if (next.text !== field.value) queueMicrotask(() => field.setSelectionRange(next.cursor, next.cursor))
              if (event.target.value !== '') engine.typing(entry.conversation.id)
            }}
          />
        </div>
        <div className={styles.tools}>
          {isDrawn && (
            <>
              <FormatMenu onFormat={mark} />
              {entry.conversation.kind === 'group' && <IconButton icon={AtSign} size="s" label={t`Mention somebody`} keys="@" onPress={() => insert('@')} />}
              {mayAttach && <span className={styles.attach}><AttachMenu entry={entry} onFiles={take} /></span>}
              <span className="grow" />
              <span className={styles.hint}>{isEditing ? <Trans>Enter to save · Shift Enter for a new line</Trans> : <Trans>Enter to send · Shift Enter for a new line</Trans>}</span>
              <span className={styles.send}>
                <Button variant="primary" size="s" icon={SendHorizontal} isDisabled={text.trim() === '' && files.length === 0} onPress={() => void send()} aria-label={isEditing ? t`Save` : t`Send`}>
                  <span className={styles.word}>{isEditing ? t`Save` : t`Send`}</span>
                </Button>
              </span>
            </>
          )}
        </div>
      </div>
    </div>
  )
}
