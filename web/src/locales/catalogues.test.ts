/** The Chinese catalogues speak with one voice, in the words of the glossary (ARCHITECTURE.md, Words). */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

/** That of the shell, and those of features that bring their own. */
const FOLDERS = ['src/locales', ...readdirSync('src/features').map((feature) => `src/features/${feature}/locales`)].filter((folder) => existsSync(folder))

/** Each English text of a folder, with its context, and its translation. */
function textsOf(folder: string, language: string): [english: string, text: string][] {
  return readFileSync(`${folder}/${language}.po`, 'utf8').split('\n\n').flatMap((entry): [string, string][] => {
    const part = (name: string) => (new RegExp(`^${name} ((?:".*"\\n?)+)`, 'm').exec(entry)?.[1] ?? '').trimEnd().replace(/^"|"$|"\n"/gm, '').replaceAll('\\"', '"')
    return part('msgid') === '' ? [] : [[[part('msgctxt'), part('msgid')].filter(Boolean).join(' | '), part('msgstr')]]
  })
}

/** From the English text, with its context, to the translation. */
const catalogue = (language: string) => new Map(FOLDERS.flatMap((folder) => textsOf(folder, language)))

const CHINESE = ['zh-CN', 'zh-TW'] as const
const all = (language: string) => [...catalogue(language)]

// All catalogues are one in the client: of two translations of the same text, one would stand in the place of both.
test('the same text has the same translation in every catalogue; where it means something else it has a context', () => {
  for (const language of CHINESE) {
    const known = catalogue(language)
    expect(FOLDERS.flatMap((folder) => textsOf(folder, language).filter(([english, text]) => known.get(english) !== text))).toEqual([])
  }
})

/** How one speaks to those one does not belong to. */
const POLITE = /您|贵企业|貴企業/

test('colleagues are 你 throughout', () => {
  for (const language of CHINESE) {
    expect(all(language).length).toBeGreaterThan(1_000)
    expect(all(language).filter(([, text]) => POLITE.test(text))).toEqual([])
  }
  const maps = readdirSync('../crates').map((crate) => `../crates/${crate}/data_map.toml`).filter((file) => existsSync(file))
  const shown = [...maps, ...CHINESE.map((language) => `../crates/privacy/statement/${language}.md`)]
  expect(shown.length).toBeGreaterThan(8)
  expect(shown.filter((file) => POLITE.test(readFileSync(file, 'utf8')))).toEqual([])
})

/** What a word of the glossary is never called beside it. */
const NEVER: Record<(typeof CHINESE)[number], RegExp> = {
  'zh-CN': /禁用|帐号|帐户|账户|登陆|訊息|部門|组织架构|审核日志|密钥圈/,
  'zh-TW': /群組|工作階段|稽核紀錄|登錄|帳戶|賬|消息|文件|設置|保存期(?!限)|信息|數據|軟件|網絡|默認/,
}

test('a thing has one word, that of the glossary', () => {
  // 文件 is a document in Taiwan, and no file. 人員群組 is a directory group, and no chat.
  const isDocument = (english: string, text: string) => /document/i.test(english) && !NEVER['zh-TW'].test(text.replaceAll('文件', ''))
  const withoutGroups = (text: string) => text.replaceAll('人員群組', '')
  expect(all('zh-CN').filter(([, text]) => NEVER['zh-CN'].test(text))).toEqual([])
  expect(all('zh-TW').filter(([english, text]) => NEVER['zh-TW'].test(withoutGroups(text)) && !isDocument(english, text))).toEqual([])
})

/** Names and formats that are the same in any language. */
const LATIN = /^(https|http|mailto|Shift|Enter|Cookie|csv|CSV|JSON|TLS|PNG|JPEG|WebP|GIF|HEIC|AVIF|TIFF|XLSX?|Tulou|li|wei|IP|ID|CardDAV|vCard|vcf|UTF|IT|MB|MiB|GiB|PDF|S|X|o|quoted|printable|plural|other|one|zero|rrggbb)$/

test('no English word is left in a Chinese text', () => {
  for (const language of CHINESE) {
    const left = all(language).flatMap(([english, text]) =>
      (text.replaceAll(/<\/?\d+\/?>|\{\w+(?=[},])/g, '').match(/[A-Za-z]+/g) ?? []).filter((word) => !LATIN.test(word)).map((word) => `${word} in: ${english}`),
    )
    expect(left).toEqual([])
  }
})

test('traditional texts are written in traditional characters, simplified ones in simplified', () => {
  const simplified = /[们这来对说员开时将级读现发门设应录码权网页里删让览择选传输访问类须题]/
  const traditional = /[們這來對說員開時將級讀現發門設應錄碼權網頁裡刪讓覽擇選傳輸訪問類須題]/
  expect(all('zh-TW').filter(([, text]) => simplified.test(text))).toEqual([])
  expect(all('zh-CN').filter(([, text]) => traditional.test(text))).toEqual([])
})
