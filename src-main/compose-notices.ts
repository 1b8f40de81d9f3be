import { type Failure, unreachable } from '#shared/failure.ts'
import type { Notice } from '#shared/model.ts'
import type { DeskState } from './inbox/desk-state.ts'
import type { OpenProfile } from './platform/profile-claim.ts'
import type { SettingsFile } from './platform/settings-file.ts'

type Notices = Pick<DeskState, 'notify' | 'dismiss'>

/** Null when every value of the file is in use. */
export function settingsNotice(found: FoundSettings): Notice | null {
  const notice = { noticeId: 'settings', level: 'status' } as const
  const [first] = found.unusable
  if (found.wasBroken) {
    const why = found.encoding === null ? '' : `${found.encoding}. `
    const rest = found.isSetAside
      ? 'They are set aside and Parley goes on with the usual ones.'
      : 'Parley goes on with the usual ones. The folder of Parley cannot be written to, so the file stays as it is.'
    return { ...notice, title: 'The settings could not be read.', detail: why + rest }
  }
  if (first === undefined) return null
  return {
    ...notice,
    title: found.unusable.length === 1 ? 'A setting could not be used.' : 'Some settings could not be used.',
    detail: `${found.unusable.join(', ')}. The usual ones are used instead; the file keeps its own.`,
  }
}

type FoundSettings = Pick<SettingsFile, 'wasBroken' | 'encoding' | 'isSetAside' | 'unusable'>

/** Null when the profile is this Parley's, as usual. */
export function profileNotice(profile: OpenProfile): Notice | null {
  const noticeId = 'profile'
  switch (profile.use) {
    case 'own':
      if (profile.leftOpenOn === null) return null
      return {
        noticeId,
        level: 'status',
        title: `This profile was left open on ${profile.leftOpenOn}.`,
        detail: 'Parley did not end properly there. If it still runs there, quit it before you go on here.',
      }
    case 'unwritable':
      return {
        noticeId,
        level: 'alert',
        title:
          profile.why === 'full'
            ? 'Nothing can be saved: the disk of Parley’s folder is full.'
            : 'Nothing can be saved: Parley may not write in its folder.',
        detail:
          `The folder is ${profile.folder}. You can answer chats, but nothing outlives this window. ` +
          (profile.why === 'full'
            ? 'Free some space and start Parley again.'
            : 'Ask your administrator, then start Parley again.'),
      }
    case 'in-use':
      return {
        noticeId,
        level: 'alert',
        title: `Parley is open with this profile ${profile.by}.`,
        detail:
          'Two at once would get in each other’s way, so this one leaves what is saved alone and saves nothing. ' +
          'Quit Parley there and start it here again.',
      }
    default:
      return unreachable(profile)
  }
}

/** A computer that slept did not see another one take over. */
export function tellProfileTaken(notices: Notices, by: string): void {
  notices.notify({
    noticeId: 'profile',
    level: 'alert',
    title: `Parley was opened with this profile ${by} as well.`,
    detail: 'Two at once get in each other’s way. Quit one of them.',
  })
}

/** Says what happened to the window while nobody could see it say anything. */
export function tellWindowStopped(notices: Notices, times: number): void {
  const often = times === 1 ? 'once' : `${times} times in the last ten minutes`
  notices.notify({
    noticeId: 'window-stopped',
    level: times < 3 ? 'status' : 'alert',
    title: 'The window had stopped working and was opened again.',
    detail:
      `It stopped ${often}. Your chats went on meanwhile, and messages are all here.` +
      (times < 3 ? '' : ' If it goes on like this, restart Parley and tell your administrator.'),
  })
}

export function tellGraphicsFailed(notices: Notices): void {
  notices.notify({
    noticeId: 'graphics',
    level: 'status',
    title: 'The graphics of this computer keep failing.',
    detail: 'Your chats go on. From the next start on, Parley draws without the graphics card.',
  })
}

/** Null when the disk takes again what chats have to say. */
export function tellStorageTrouble(notices: Notices, failure: Failure | null): void {
  const noticeId = 'storage'
  if (failure === null) notices.dismiss(noticeId)
  else {
    notices.notify({
      noticeId,
      level: 'alert',
      title: 'Conversations are not being saved.',
      detail: failure.message,
    })
  }
}

/** Null when the disk takes the vault again. */
export function tellVaultTrouble(notices: Notices, failure: Failure | null): void {
  const noticeId = 'vault-storage'
  if (failure === null) notices.dismiss(noticeId)
  else {
    notices.notify({
      noticeId,
      level: 'alert',
      title: 'Chats could not be joined again after a restart.',
      detail: `Their sign-ins are not being saved. ${failure.message}`,
    })
  }
}

export function tellSettingsKept(notices: Notices, isKept: boolean): void {
  const noticeId = 'settings-kept'
  if (isKept) notices.dismiss(noticeId)
  else {
    notices.notify({
      noticeId,
      level: 'alert',
      title: 'Settings are not being saved.',
      detail: 'The disk is full or may not be written to. What you changed holds until Parley is closed.',
    })
  }
}
