/** What the server's jobs and their states are called. What only a newer server knows keeps its code. */
import { useLingui } from '@lingui/react/macro'
import type { JobState } from '~/api/types'
import type { Tone } from '~/ui/Chip'

export function useJobNames(): (code: string) => string {
  const { t } = useLingui()
  const names: Record<string, string> = {
    'announcements.erase_kept': t`What was kept for what is switched off is erased`,
    'announcements.forget_ended': t`Announcements that are long over are deleted`,
    'announcements.tell_counts': t`How many have read an announcement is told`,
    'chat.count_activity': t`How much is written is counted`,
    'chat.expire_messages': t`Messages past their time are deleted`,
    'chat.index_messages': t`Messages are made findable`,
    'chat.notify_mentions': t`Mentions become notifications`,
    'chat.prepare_keys': t`Keys of the coming days are made`,
    'chat.prepare_partitions': t`Tables for messages of the coming months`,
    'contacts.erase_kept': t`What was kept for what is switched off is erased`,
    'directory.forget_assurance': t`Proofs of identity are forgotten`,
    'directory.forget_reveals': t`Who looked at what was hidden is forgotten`,
    'directory.settle_sensitive_act': t`A decision that is due takes effect`,
    'dissolution.erase_organisations': t`Organisations that were dissolved are erased`,
    'erasure.run_out': t`Whose time is over goes on, or is erased`,
    'files.erase_kept': t`What was kept for what is switched off is erased`,
    'files.look_at_picture': t`A picture is cleaned and made smaller`,
    'files.sweep': t`Files nobody has any more are deleted`,
    'identity.clear': t`Ended sessions and old sign-ins are deleted`,
    'identity.forget_import': t`A list of people is forgotten`,
    'identity.write_import': t`A list of people is written`,
    'identity.undo_import': t`An import is undone`,
    'inbox.forget_old_notifications': t`Old notifications are deleted`,
    'kernel.clear': t`Answers kept for repeats and ended jobs are deleted`,
    'operators.clear': t`Ended sessions of operators are deleted`,
    'peers.erase_kept': t`What was kept for what is switched off is erased`,
    'peers.forget_declined': t`Requests to peer organisations that were declined 30 days ago are deleted`,
    'people_exports.erase_kept': t`What was kept for what is switched off is erased`,
    'people_exports.forget_exports': t`An export of people is over`,
    'personal_exports.forget': t`A copy of somebody’s own data is over`,
    'personal_exports.write': t`A copy of somebody’s own data is written`,
    'provisioning.erase_kept': t`What was kept for what is switched off is erased`,
    'reality.look': t`The database is compared with the data map`,
    'receipts.forget': t`Receipts of erasures older than 180 days are deleted`,
    'requests.forget_old': t`Privacy requests older than five years are deleted`,
    'restrictions.keep_time': t`Frozen data is used again when its end was announced, and is looked at again after thirty days`,
    'requests.remind_of_time': t`Whoever answers privacy requests hears that time is over`,
    'retention.take_effect': t`A shorter time for messages takes effect`,
    'search.erase_kept': t`What was kept for what is switched off is erased`,
    'search.prepare_partitions': t`Tables for words of the coming months`,
    'verification.erase_documents': t`Documents for verification are erased`,
  }
  return (code) => names[code] ?? code
}

export function useJobStates(): (state: string) => readonly [Tone, string] {
  const { t } = useLingui()
  const states: Record<string, [Tone, string]> = {
    queued: ['plain', t`waiting`],
    running: ['info', t`running`],
    done: ['ok', t`done`],
    failed: ['bad', t`failed`],
  }
  return (state) => states[state] ?? ['plain', state]
}

export interface JobRuns {
  /** The newest of them. */
  job: JobState
  count: number
}

/** Runs of one job that follow each other without a failure are one line. */
export function folded(jobs: readonly JobState[]): JobRuns[] {
  const lines: JobRuns[] = []
  for (const job of jobs) {
    const last = lines.at(-1)
    if (last !== undefined && job.state === 'done' && last.job.state === 'done' && last.job.name === job.name) last.count += 1
    else lines.push({ job, count: 1 })
  }
  return lines
}
