/** Columns, outcomes and problems of an import in words. A problem of a newer server keeps its code. */
import { useLingui } from '@lingui/react/macro'
import { ApiError } from '~/api/error'
import { useProblemText } from '~/api/problems'
import type { ImportDeedKind, ImportField, ImportOutcome } from '~/api/types'
import { untwisted } from '~/lib/bidi'
import type { Tone } from '~/ui/Chip'

export function useFieldNames(): Record<ImportField, string> {
  const { t } = useLingui()
  return {
    name: t`Name`,
    user_id: t`User ID`,
    phone: t`Phone`,
    email: t`E-mail`,
    staff_number: t`Staff number`,
    position: t`Position`,
    departments: t`Departments`,
    leads: t`Leads the department`,
    is_disabled: t`Disabled there`,
    status: t`Status`,
    own: t`Field of your organisation`,
    path: t`Path of the department`,
    department_id: t`Department ID`,
    parent_id: t`ID of the department above`,
    order: t`Order`,
    leaders: t`Leader`,
  }
}

export function useOutcomes(): Record<ImportOutcome, { tone: Tone; word: string }> {
  const { t } = useLingui()
  return {
    created: { tone: 'ok', word: t`new` },
    invited: { tone: 'info', word: t`will be invited` },
    changed: { tone: 'accent', word: t`changes` },
    moved: { tone: 'accent', word: t`moves` },
    left: { tone: 'warn', word: t`leaves` },
    unchanged: { tone: 'plain', word: t`stays` },
    wrong: { tone: 'bad', word: t`left out` },
  }
}

export function useProblemNames(): (code: string, field?: ImportField | null) => string {
  const { t } = useLingui()
  // Whatever is wrong with a cell of leaders, it only changes nothing.
  const ofLeaders: Record<string, string> = {
    is_formula_or_error: t`A formula or an error of the spreadsheet; the department keeps its leaders`,
    not_a_person: t`Nobody who works here: write a user ID, staff number, phone or e-mail; the department keeps its leaders`,
    person_ambiguous: t`Several people are called so: write a user ID, staff number, phone or e-mail; the department keeps its leaders`,
  }
  const names: Record<string, string> = {
    is_empty: t`Nothing stands here`,
    is_too_long: t`Too long`,
    too_many: t`Too many departments`,
    too_deep: t`Nested too deep`,
    has_control_characters: t`Invisible characters`,
    is_formula_or_error: t`A formula or an error of the spreadsheet`,
    is_unreadable: t`Characters in another encoding`,
    phone_lost_digits: t`The spreadsheet rounded the number; digits are lost`,
    not_a_phone_number: t`No phone number`,
    needs_country_code: t`The country code is missing`,
    not_an_email_address: t`No e-mail address`,
    length_2_to_64: t`2 to 64 characters`,
    letters_digits_dot_dash_underscore: t`Letters, digits, dots, hyphens and underscores only`,
    one_of_user_id_phone_email: t`User ID, phone or e-mail is needed to sign in`,
    not_yes_or_no: t`Neither yes nor no`,
    leaders_do_not_match: t`As many answers as departments are needed`,
    phone_twice: t`Two people with one phone number`,
    email_twice: t`Two people with one e-mail address`,
    user_id_twice: t`Two people with one user ID`,
    staff_number_twice: t`Two people with one staff number`,
    differs_from_row: t`Says something else than the row above`,
    same_member_as_row: t`The same colleague as in another row`,
    belongs_to_somebody_else: t`A colleague has this already`,
    two_accounts: t`Phone and e-mail belong to two accounts`,
    not_allowed: t`Not yours to change: it takes rights that you do not have`,
    is_leaving: t`This person is leaving`,
    is_restricted: t`Their data is frozen: nobody changes it`,
    department_unknown: t`No department has this ID`,
    department_wrong: t`Something is wrong with the department`,
    department_twice: t`Two departments with one ID`,
    department_name_twice: t`Two departments of this name in one place`,
    department_cycle: t`The department lies below itself`,
    parent_unknown: t`The department above is not in the list`,
    spaces_removed: t`Spaces removed`,
    apostrophe_removed: t`Apostrophe removed`,
    full_width_rewritten: t`Full-width characters rewritten`,
    phone_rewritten: t`Phone number rewritten`,
    phone_was_number: t`Phone number kept as a number in the spreadsheet`,
    same_person_again: t`The same person again; the departments are joined`,
    disabled_left_out: t`Disabled where the list comes from; left out`,
    department_ambiguous: t`Two departments here fit this name; write it exactly as the one that is meant`,
    order_not_a_number: t`No whole number; the department keeps its place`,
    perhaps_somebody_else: t`This is the account of somebody of another name, who would be renamed`,
    namesake_here: t`Somebody of this name is here already`,
    department_sounds_alike: t`A new department beside one that sounds alike`,
    quote_not_closed: t`A quotation mark opens here and is never closed`,
    column_not_imported: t`This column is not imported`,
    field_not_collected: t`Your organisation does not collect this`,
    not_listed: t`Not in the list for this field`,
    not_a_number: t`No number that is kept here: digits and a point only`,
    out_of_range: t`Smaller or greater than this field allows`,
    not_a_date: t`No day: write it as 2026-02-28`,
    not_a_choice: t`None of the choices of this field`,
    not_a_person: t`Nobody who works here: write a user ID, staff number, phone or e-mail`,
    person_ambiguous: t`Several people are called so: write a user ID, staff number, phone or e-mail`,
    leader_elsewhere: t`Is not in this department; the department keeps its leaders`,
    too_many_leaders: t`More than 20 leaders; the department keeps its leaders`,
    supervisor_not_kept: t`Not brought in: Tulou keeps who leads a department, not whom each person reports to`,
    not_a_link: t`No address that begins with https:// or mailto:`,
    is_archived: t`This department is archived`,
    status_unknown: t`Neither at work nor gone; taken for at work`,
    leaver_not_here: t`Has left and was never here; left out`,
    is_invited: t`Invited and not here yet: take back the invitation instead`,
    is_oneself: t`You cannot leave by a list`,
    is_owner: t`An owner cannot leave by a list; two decide about owners`,
    field_of_their_own: t`People change this themselves; left out`,
  }
  return (code, field) => (field === 'leaders' ? ofLeaders[code] : undefined) ?? names[code] ?? code
}

/** The four kinds of what an import did. */
export function useDeedNames(): Record<ImportDeedKind, string> {
  const { t } = useLingui()
  return { created: t`Created`, changed: t`Changed`, moved: t`Moved`, left: t`Left the organisation` }
}

/** Why something could not be undone. */
export function useKeptNames(): (code: string) => string {
  const { t } = useLingui()
  const names: Record<string, string> = {
    changed_meanwhile: t`Somebody changed this since`,
    came_in: t`Has signed in since and stays`,
    is_gone: t`Is not here any more`,
    not_allowed: t`Not yours to change: it takes rights that you do not have`,
    is_leaving: t`This person is leaving`,
    is_restricted: t`Their data is frozen: nobody changes it`,
    department_gone: t`The department from before is gone or archived`,
    department_cycle: t`The department would lie below itself`,
    department_not_empty: t`People or departments are in it, or somebody decided who leads, sees or administers it`,
    no_sign_in_left: t`Nothing would be left to sign in with`,
    belongs_to_somebody_else: t`A colleague has the old phone number, e-mail address or number by now`,
    field_not_collected: t`Your organisation does not collect this any more`,
  }
  return (code) => names[code] ?? code
}

/** Why a job failed, in the words of a refusal with that code: nobody waited for an answer, so the code is all there is. */
export function useFailure(): (code: string) => string {
  const problemText = useProblemText()
  return (code) => problemText(new ApiError({ status: 500, code }))
}

/** The largest list the server takes. */
const MOST_MB = 32

/** Why an upload was refused, and of which file; what is too large is told with the limit. */
export function useUploadProblem(): (error: Error, file?: File) => string {
  const { t } = useLingui()
  const problemText = useProblemText()
  const why = (error: Error) => (error instanceof ApiError && error.status === 413 ? t`This file is too large: at most ${MOST_MB} MB.` : problemText(error))
  const told = (name: string, problem: string) => t`${name}: ${problem}`
  return (error, file) => (file === undefined ? why(error) : told(untwisted(file.name), why(error)))
}
