/** Builds the client to `dist` for the server to embed; nothing is inlined, so the policy can forbid inline script. */
import { lingui } from '@lingui/vite-plugin'
import babel from '@rolldown/plugin-babel'
import react from '@vitejs/plugin-react'
import { fileURLToPath, URL } from 'node:url'
import { defineConfig } from 'vitest/config'
import { designServer } from './mock/design-server.ts'
import { serviceWorker } from './scripts/service-worker.ts'

const server = process.env.TULOU_SERVER ?? 'http://127.0.0.1:8080'

export default defineConfig({
  plugins: [
    react(),
    lingui({ failOnMissing: process.env.TULOU_STRICT_TEXT === '1' }),
    babel({
      include: /src\/.*\.tsx?$/,
      plugins: ['@lingui/babel-plugin-lingui-macro'],
    }),
    serviceWorker(),
    ...(process.env.TULOU_DESIGN === '1' ? [designServer()] : []),
  ],
  resolve: { alias: { '~': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    outDir: 'dist',
    assetsInlineLimit: 0,
    target: 'es2022',
    manifest: true,
    modulePreload: { polyfill: false },
  },
  server: {
    port: 5173,
    proxy: {
      '/v1': { target: server, ws: true, changeOrigin: true, rewriteWsOrigin: true, headers: { origin: server } },
      '/api': { target: server, changeOrigin: true },
    },
  },
  test: {
    environment: 'jsdom',
    testTimeout: 60_000,
    // By itself it leaves one core free, which on two is half of them.
    maxWorkers: '100%',
    setupFiles: ['mock/setup.ts'],
    include: ['src/**/*.test.{ts,tsx}'],
    css: { modules: { classNameStrategy: 'non-scoped' } },
  },
})
