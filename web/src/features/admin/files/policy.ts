/** What an organisation's rules about files mean, reckoned as the server does. Pure. */
import type { FilePolicy } from '~/api/types'

export const UNITS = { MiB: 1024 ** 2, GiB: 1024 ** 3, TiB: 1024 ** 4 } as const
export type Unit = keyof typeof UNITS

/** A size as two fields of a form hold it. */
export interface Amount {
  readonly number: string
  readonly unit: Unit
}

/** In the largest unit that keeps it short. */
export function amountOf(bytes: number): Amount {
  const units: Unit[] = ['TiB', 'GiB', 'MiB']
  const unit = units.find((one) => bytes >= UNITS[one] && (bytes / UNITS[one]) * 100 % 1 === 0) ?? 'MiB'
  return { number: String(Math.round((bytes / UNITS[unit]) * 100) / 100), unit }
}

/** Null when it is no size above nothing. */
export function bytesOf({ number, unit }: Amount): number | null {
  const value = Number(number.trim().replace(',', '.'))
  const bytes = Math.round(value * UNITS[unit])
  return Number.isSafeInteger(bytes) && bytes >= 1 ? bytes : null
}

/** `.EXE, bat` are two endings. */
export const endingsOf = (text: string): string[] => [
  ...new Set(
    text
      .split(/[\s,;，、；]+/)
      .map((word) => word.replace(/^[*.]+/, '').toLowerCase())
      .filter((word) => word !== ''),
  ),
]

/** What runs on the computers of those who open it. */
export const PROGRAMS = ['apk', 'app', 'bat', 'cmd', 'com', 'dmg', 'exe', 'jar', 'js', 'lnk', 'msi', 'pkg', 'ps1', 'scr', 'sh', 'vbs']

export type Verdict = 'taken' | 'too_large' | 'refused' | 'no_room'

/** How much room there is: the organisation's own rule, or the operator's limit where that is less. */
export const roomOf = (quota: number, { most_bytes }: Pick<FilePolicy, 'most_bytes'>) => Math.min(quota, most_bytes ?? quota)

type Rules = Pick<FilePolicy, 'max_file_bytes' | 'quota_bytes' | 'refused_extensions' | 'used_bytes'>

/** What would become of a file that somebody sends now. */
export function verdict(rules: Rules, name: string, size: number): Verdict {
  if (size > rules.max_file_bytes) return 'too_large'
  const ending = name.includes('.') ? name.slice(name.lastIndexOf('.') + 1).toLowerCase() : null
  if (ending !== null && rules.refused_extensions.includes(ending)) return 'refused'
  return rules.used_bytes + size > rules.quota_bytes ? 'no_room' : 'taken'
}
