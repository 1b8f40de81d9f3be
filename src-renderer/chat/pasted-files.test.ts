import { expect, it } from 'vitest'
import { aBoard } from '../testing/clipboard.ts'
import { pastedFiles } from './pasted-files.ts'

const aFile = (name: string, type: string) => new File(['x'], name, { type })
const picture = aFile('image.png', 'image/png')
const pdf = aFile('order.pdf', 'application/pdf')
const names = (board: DataTransfer) => pastedFiles(board).map(({ name }) => name)

it.each<[string, DataTransfer, readonly string[]]>([
  ['a file of Windows Explorer', aBoard({}, pdf), ['order.pdf']],
  ['a file of the macOS Finder, with its name', aBoard({ 'text/plain': 'order.pdf' }, pdf), ['order.pdf']],
  [
    'files of a Linux file manager, with their places',
    aBoard({ 'text/uri-list': 'file:///a/order.pdf', 'text/plain': '/a/order.pdf' }, pdf, picture),
    ['order.pdf', 'image.png'],
  ],
  ['a picture file of the Finder', aBoard({ 'text/plain': 'image.png' }, picture), ['image.png']],
  ['a screenshot', aBoard({}, picture), ['image.png']],
  ['a picture of a web page', aBoard({ 'text/html': '<img src="a">' }, picture), ['image.png']],
  ['cells of Excel', aBoard({ 'text/plain': 'a\tb', 'text/html': '<table>', 'text/rtf': '{' }, picture), []],
  ['words of Word for Mac', aBoard({ 'text/plain': 'words', 'text/rtf': '{' }, picture), []],
  [
    'a document with words about it',
    aBoard({ 'text/plain': 'words', 'text/html': '<p>' }, pdf),
    ['order.pdf'],
  ],
  ['plain words', aBoard({ 'text/plain': 'words' }), []],
])('of %s it takes the right ones', (...[, board, expected]) => {
  expect(names(board)).toEqual(expected)
})
