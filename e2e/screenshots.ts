import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import path from 'node:path'
import type { Console } from './console.ts'

const screens = path.join(import.meta.dirname, '../test-results/screens')

/** Saved to be looked at; what can be judged by a machine is judged here. */
export async function shoot(desk: Console, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await desk.page.emulateMedia({ colorScheme })
    await desk.page.screenshot({ path: path.join(screens, `${name}-${colorScheme}.png`) })
    // Legacy mode: the other one opens a new page, which Electron refuses.
    const judge = new AxeBuilder({ page: desk.page }).setLegacyMode(true)
    // The same page in another scheme differs in its colours alone.
    if (colorScheme === 'dark') judge.withRules(['color-contrast', 'link-in-text-block'])
    const { violations } = await judge.analyze()
    expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([])
  }
  expect(await sidewaysScroll(desk.page)).toBe(0)
}

function sidewaysScroll(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
}
