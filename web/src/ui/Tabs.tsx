/** Parts of one thing, one shown at a time. */
import type { ReactNode } from 'react'
import { Tab, TabList, TabPanel, Tabs as AriaTabs, type Key } from 'react-aria-components'
import styles from './Tabs.module.css'

interface Props {
  label: string
  tabs: readonly { id: string; label: ReactNode; content: ReactNode }[]
  value?: string
  onChange?: (value: string) => void
}

export function Tabs({ label, tabs, value, onChange }: Props) {
  return (
    <AriaTabs className={styles.tabs} selectedKey={value} onSelectionChange={(key: Key) => onChange?.(String(key))}>
      <TabList aria-label={label} className={styles.list}>
        {tabs.map((tab) => (
          <Tab key={tab.id} id={tab.id} className={styles.tab}>
            {tab.label}
          </Tab>
        ))}
      </TabList>
      {tabs.map((tab) => (
        <TabPanel key={tab.id} id={tab.id} className={styles.panel}>
          {tab.content}
        </TabPanel>
      ))}
    </AriaTabs>
  )
}
