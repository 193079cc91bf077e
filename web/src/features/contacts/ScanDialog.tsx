/** Scans a colleague's contact code. What the camera is for is said before the browser asks for it (QR-01). */
import { Trans, useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { Camera, Flashlight } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { links } from '~/shell/links'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'
import { Dialog } from '~/ui/Dialog'
import { PrivacyLine } from '~/ui/PrivacyLine'
import { scan, type Scanning } from './scan'
import styles from './contacts.module.css'

type Trouble = 'refused' | 'none' | 'foreign'

export function ScanDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui()
  const navigate = useNavigate()
  const video = useRef<HTMLVideoElement>(null)
  const running = useRef<Scanning | null>(null)
  const [isOn, setOn] = useState(false)
  const [hasLight, setHasLight] = useState(false)
  const [isLit, setLit] = useState(false)
  const [trouble, setTrouble] = useState<Trouble | null>(null)

  useEffect(() => () => running.current?.stop(), [])

  const begin = async () => {
    const place = video.current
    if (!place) return
    setTrouble(null)
    try {
      const scanning = await scan(place, (code, isOurs) => {
        if (!isOurs) return setTrouble('foreign')
        running.current?.stop()
        void navigate({ href: links.card(code) })
      })
      // The window was closed while the browser asked.
      if (!video.current) return scanning.stop()
      running.current = scanning
      setHasLight(scanning.light !== null)
      setOn(true)
    } catch (error) {
      setTrouble(error instanceof DOMException && error.name === 'NotFoundError' ? 'none' : 'refused')
    }
  }
  const toggleLight = () => {
    void running.current?.light?.(!isLit).then(() => setLit(!isLit))
  }
  const words: Record<Trouble, string> = {
    refused: t`The camera was not opened. Allow it in the browser's settings for this page, or ask your colleague for the link.`,
    none: t`This device has no camera. Ask your colleague for the link.`,
    foreign: t`This is not a contact code of your organisation's server.`,
  }
  return (
    <Dialog
      title={t`Scan a code`}
      isOpen
      onOpenChange={onClose}
      footer={
        <>
          {hasLight && <Button icon={Flashlight} onPress={toggleLight}>{isLit ? t`Light off` : t`Light on`}</Button>}
          <Button onPress={onClose}><Trans>Cancel</Trans></Button>
          {!isOn && <Button variant="primary" icon={Camera} onPress={() => void begin()}><Trans>Open the camera</Trans></Button>}
        </>
      }
    >
      <div className={styles.form}>
        {!isOn && <p><Trans>The camera looks for the contact code of a colleague. Next your browser asks whether it may.</Trans></p>}
        <video ref={video} className={styles.video} muted playsInline hidden={!isOn} aria-label={t`What the camera sees`} />
        {trouble !== null && <Banner tone="warn" isAlert>{words[trouble]}</Banner>}
        <PrivacyLine seenBy={t`Nobody: pictures stay on this device`} keptFor={t`Not kept`} />
      </div>
    </Dialog>
  )
}
