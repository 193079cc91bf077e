/** The marks a text can carry. */
import { useLingui } from '@lingui/react/macro'
import { Bold, Code, Italic, List, Strikethrough, Type } from 'lucide-react'
import { IconButton } from '~/ui/IconButton'
import { Menu, MenuItem } from '~/ui/Menu'
import type { Mark } from './format'

export function FormatMenu({ onFormat }: { onFormat: (mark: Mark) => void }) {
  const { t } = useLingui()
  return (
    <Menu label={t`Format`} placement="top start" trigger={<IconButton icon={Type} size="s" label={t`Format`} />}>
      <MenuItem icon={Bold} keys="Mod B" onAction={() => onFormat('bold')}>{t`Bold`}</MenuItem>
      <MenuItem icon={Italic} keys="Mod I" onAction={() => onFormat('italic')}>{t`Emphasis`}</MenuItem>
      <MenuItem icon={Strikethrough} onAction={() => onFormat('strike')}>{t`Struck out`}</MenuItem>
      <MenuItem icon={Code} keys="Mod E" onAction={() => onFormat('code')}>{t`Code`}</MenuItem>
      <MenuItem icon={List} onAction={() => onFormat('list')}>{t({ message: 'List', context: 'of points in a text' })}</MenuItem>
    </Menu>
  )
}
