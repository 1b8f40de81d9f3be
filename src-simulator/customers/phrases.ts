import { german } from './phrases-de.ts'
import { english } from './phrases-en.ts'
import { spanish } from './phrases-es.ts'
import type { Language, Phrases } from './script.ts'

export const phrases: Readonly<Record<Language, Phrases>> = { en: english, es: spanish, de: german }
