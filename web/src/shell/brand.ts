/** How the organisation's house looks: its short name, its logo, its accent. Inside it only; before the sign-in the house is Tulou's own. */
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { currentOrganisation, keyOf, query } from '~/api/client'
import type { LiveMap } from '~/api/live-events'
import type { Brand } from '~/api/types'

export const brand = () => ({ ...query('get', '/v1/brand', {}), staleTime: 300_000, meta: { isKept: true } })

export const live: LiveMap = { 'branding.brand_changed': () => [keyOf('/v1/brand')] }

export const useBrand = (): Brand | undefined => useQuery(brand()).data

/** An address that changes with the logo, so it may be kept for good. */
export function logoAddress({ logo }: Pick<Brand, 'logo'>): string | null {
  const organisation = currentOrganisation()
  return organisation === null || typeof logo !== 'number' ? null : `/v1/brand/logo?v=${logo}&organisation=${encodeURIComponent(organisation)}`
}

/** Puts the accent on the page; `ui/brand.css` makes the other shades of it. */
export function useAccent(accent: string | null | undefined) {
  useEffect(() => {
    if (!accent) return
    const { style, dataset } = document.documentElement
    style.setProperty('--brand', accent)
    dataset.brand = ''
    return () => {
      style.removeProperty('--brand')
      delete dataset.brand
    }
  }, [accent])
}
