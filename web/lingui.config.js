// Text catalogues: one for the shell and the small features, one of its own for each large feature (that of the consoles is loaded there).
import { formatter } from '@lingui/format-po'

export default {
  locales: ['en', 'zh-CN', 'zh-TW'],
  sourceLocale: 'en',
  format: formatter({ lineNumbers: false }),
  orderBy: 'message',
  catalogs: [
    {
      path: '<rootDir>/src/locales/{locale}',
      include: ['src'],
      exclude: ['src/features/admin/**', 'src/features/operator/**', 'src/features/contacts/**', 'src/features/messages/**', 'src/features/search/**', '**/*.test.tsx'],
    },
    {
      path: '<rootDir>/src/features/admin/locales/{locale}',
      include: ['src/features/admin', 'src/features/operator'],
      exclude: ['**/*.test.tsx'],
    },
    {
      path: '<rootDir>/src/features/contacts/locales/{locale}',
      include: ['src/features/contacts'],
      exclude: ['**/*.test.tsx'],
    },
    {
      path: '<rootDir>/src/features/messages/locales/{locale}',
      include: ['src/features/messages'],
      exclude: ['**/*.test.tsx'],
    },
    {
      path: '<rootDir>/src/features/search/locales/{locale}',
      include: ['src/features/search'],
      exclude: ['**/*.test.tsx'],
    },
  ],
}
