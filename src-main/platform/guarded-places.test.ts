import { describe, expect, it } from 'vitest'
import { guardOf, isForeignPath } from './guarded-places.ts'

const windowsProfile = 'C:\\Users\\Ana\\AppData\\Roaming\\Parley'
const macProfile = '/Users/Ana Büro/Library/Application Support/Parley'

describe('[K7] what must not leave', () => {
  it.each([
    ['C:\\Users\\Ana\\.ssh\\id_ed25519', 'keys'],
    ['c:/users/ana/.SSH/id_ed25519', 'keys'],
    ['C:\\Users\\Ana\\.ssh.\\id_ed25519', 'keys'],
    ['C:\\Users\\Ana\\.aws \\credentials', 'keys'],
    ['C:\\Users\\Ana\\AppData\\Roaming\\Microsoft\\Protect\\S-1-5\\key', 'keys'],
    ['C:\\Windows\\System32\\config\\SAM', 'keys'],
    ['C:\\Users\\Ana\\AppData\\Local\\Google\\Chrome\\User Data\\Default\\Login Data', 'browser'],
    ['c:\\users\\ana\\appdata\\roaming\\parley\\vault.json', 'profile'],
    ['C:\\Users\\Ana\\AppData\\Roaming\\Parley.\\vault.json', 'profile'],
    ['C:\\Users\\Ana\\Documents\\offer.pdf', null],
    ['C:\\Users\\Ana\\AppData\\Roaming\\ParleyNotes\\offer.pdf', null],
  ])('is told on Windows: %s', (file, guard) => {
    expect(guardOf(file, windowsProfile)).toBe(guard)
  })

  it.each([
    ['/Users/ana/.ssh/id_ed25519', 'keys'],
    ['/Users/ana/Library/Keychains/login.keychain-db', 'keys'],
    ['/private/etc/ssh/ssh_host_rsa_key', 'keys'],
    ['/Users/ana/Library/Application Support/Google/Chrome/Default/Cookies', 'browser'],
    ['/Users/ana/Library/Safari/Cookies.txt', 'browser'],
    [`${macProfile.normalize('NFD')}/vault.json`, 'profile'],
    [`${macProfile.toUpperCase()}/vault.json`, 'profile'],
    [`/System/Volumes/Data${macProfile}/vault.json`, 'profile'],
    ['/.vol/16777220/12345', 'device'],
    ['/net/files.example/share/offer.pdf', 'device'],
    ['/Users/ana/Documents/offer.pdf', null],
  ])('is told on macOS: %s', (file, guard) => {
    expect(guardOf(file, macProfile)).toBe(guard)
  })
})

describe('[K7] a path that is not asked for at all', () => {
  it.each([
    '\\\\files.example\\share\\offer.pdf',
    '//files.example/share/offer.pdf',
    '\\\\?\\C:\\Users\\Ana\\offer.pdf',
    '\\\\.\\PhysicalDrive0',
    '\\??\\C:\\offer.pdf',
    'C:\\Users\\Ana\\offer.pdf:Zone.Identifier',
    'C:\\Users\\Ana\\offer.pdf::$DATA',
    'C:\\Users\\Ana\\NUL',
    'C:\\Users\\Ana\\com1.txt',
    'C:\\Users\\Ana\\CON .pdf',
    'C:\\Users\\Ana\\aux. ',
    'C:\\Users\\LPT¹\\offer.pdf',
  ])('is known on Windows: %s', (file) => {
    expect(isForeignPath(file, 'win32')).toBe(true)
  })

  it.each(['C:\\Users\\Ana\\offer.pdf', 'C:\\Users\\Conrad\\nullable.pdf', 'D:/console.txt'])(
    'is told from an ordinary one: %s',
    (file) => {
      expect(isForeignPath(file, 'win32')).toBe(false)
    },
  )

  it('is known on macOS, where a file has a second fork', () => {
    expect(isForeignPath('/Users/ana/offer.pdf/..namedfork/rsrc', 'darwin')).toBe(true)
    expect(isForeignPath('/Users/ana/con/nul.txt', 'darwin')).toBe(false)
    expect(isForeignPath('/Users/ana/a:b:c.txt', 'darwin')).toBe(false)
  })
})
