import { expect, it } from 'vitest'
import { withEnding } from './file-ending.ts'

it.each([
  ['/t/chat', 'html', '/t/chat.html'],
  ['/t/chat.', 'html', '/t/chat.html'],
  ['/t/Dr. Silva', 'html', '/t/Dr. Silva.html'],
  ['/t/report 12.03.2026', 'pdf', '/t/report 12.03.2026.pdf'],
  ['/t/chat.HTML', 'html', '/t/chat.HTML'],
  ['/t/chat.htm', 'html', '/t/chat.htm'],
  ['/t.d/clip.mp4', 'mp4', '/t.d/clip.mp4'],
  ['/t/anything', '*', '/t/anything'],
  ['/t/taken', 'html', '/t/taken (2).html'],
])('[I3] %s as %s is saved as %s', (chosen, extension, saved) => {
  expect(withEnding(chosen, extension, (file) => file === '/t/taken.html')).toBe(saved)
})
