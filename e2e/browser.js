// Windows of people, each with a browser profile of their own, and what no window may do.
import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { undeclaredOn } from './reality.js'

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
const out = join(import.meta.dirname, 'out')
mkdirSync(out, { recursive: true })

const OPTIONS = { resultTypes: ['violations'] }

export const DESKTOP = { width: 1440, height: 900 }
/** The narrowest window with the panel beside the conversation. */
export const ALL_COLUMNS = { width: 1280, height: 800 }
/** The narrowest window with the navigation in words beside the page. */
export const LAPTOP = { width: 1024, height: 768 }
export const TABLET = { width: 820, height: 1180 }
export const PHONE = { width: 390, height: 844 }

/** Starts Chromium without the requests it makes on its own account, and with what a story wants of it `more`. */
export function launch(...more) {
  const quiet = ['--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic']
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', ...quiet, ...more] })
}

/**
 * A window of somebody new to this browser. Everything it asks for is watched: nothing may leave the host, nothing may
 * be thrown, no policy may be broken.
 */
export async function open(browser, server, { language = 'en', size = DESKTOP, theme = 'light' } = {}) {
  const isPhone = size.width < 768
  const context = await browser.newContext({
    baseURL: server.url, viewport: size, locale: language, colorScheme: theme, isMobile: isPhone, hasTouch: isPhone,
    timezoneId: 'Asia/Shanghai', reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  const wrong = []
  context.on('request', (request) => {
    const { origin, protocol } = new URL(request.url())
    if (protocol.startsWith('http') && origin !== server.url) wrong.push(`asked ${origin}`)
  })
  page.on('pageerror', (error) => wrong.push(`threw ${error}`))
  page.on('console', (message) => {
    if (/Content Security Policy|Uncompiled message/.test(message.text())) wrong.push(message.text())
  })
  return {
    page,
    context,
    /** A screenshot to look at beside the design. */
    shot: (name) => page.screenshot({ path: join(out, `${name}.png`), caret: 'initial' }),
    /** What a screen reader's user would stumble over. React Aria's announcer names options that are gone a moment later. */
    async audit(name) {
      await page.evaluate(() => document.fonts.ready)
      // From the tester's side of the page: its content policy rightly refuses foreign scripts.
      await page.evaluate(await axeSource())
      const { violations } = await page.evaluate((options) => {
        // A tooltip floats over the landmarks, so its layer stands outside them; what it describes is checked.
        for (const tip of document.querySelectorAll('[role=tooltip]')) tip.closest('[data-overlay-container]')?.setAttribute('data-tooltip-layer', '')
        return globalThis.axe.run({ exclude: [['[data-live-announcer]'], ['[data-tooltip-layer]']] }, options)
      }, OPTIONS)
      const found = violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 160)).slice(0, 3).join(' | ')}`)
      wrong.push(...found.map((what) => `${name}: ${what}`))
    },
    /** Nothing makes a page scroll sideways; a strip of choices may, and what is a plan; a page that is read may not. */
    async fits(name) {
      const wide = await page.evaluate(() => {
        const isStrip = (one) => one.clientHeight < 120 || one.dataset.wide !== undefined
        const all = [document.documentElement, ...document.querySelectorAll('main *')]
        const scrolls = (one) => one === document.documentElement || getComputedStyle(one).overflowX === 'auto'
        return all.filter((one) => scrolls(one) && !isStrip(one) && one.scrollWidth > one.clientWidth + 1).map((one) => `${one.tagName} ${one.className} ${one.scrollWidth} > ${one.clientWidth}`)
      })
      wrong.push(...wide.map((what) => `${name}: is too wide: ${what}`))
    },
    async close() {
      wrong.push(...(await undeclaredOn({ context, page, origin: server.url })).map((what) => `keeps undeclared: ${what}`))
      await context.close()
      assert.deepEqual(wrong, [], wrong.join('\n'))
    },
  }
}

/**
 * Ends what a story opened, one after the other, whatever one of them has to say; then says the first complaint. What stayed
 * open would keep the run from ending.
 */
export async function end(...closings) {
  const complaints = []
  for (const close of closings) {
    try {
      await close()
    } catch (complaint) {
      complaints.push(complaint)
    }
  }
  if (complaints.length > 0) throw complaints[0]
}

let source
async function axeSource() {
  const { readFile } = await import('node:fs/promises')
  source ??= await readFile(axe, 'utf8')
  return source
}
