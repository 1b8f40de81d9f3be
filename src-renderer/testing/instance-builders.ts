import {
  type InstanceDraft,
  type InstanceList,
  type InstanceSettings,
  rateFields,
} from '#shared/instance-settings.ts'

type Texts = InstanceDraft['texts']
type Switches = InstanceDraft['switches']

interface InstancePart extends Partial<Omit<InstanceSettings, 'draft'>> {
  readonly texts?: Partial<Texts>
  readonly switches?: Partial<Switches>
}

const usualTexts = {
  label: '',
  tag: '',
  region: '',
  endpoint: '',
  proxyUrl: '',
  scriptUrl: '',
  exceptions: '',
  connectionTimeout: '5',
  requestTimeout: '10',
  attempts: '3',
  backoffBase: '0.2',
  backoffCap: '4',
  messageCharacters: '1024',
  fileBytes: '20',
  filesPerChat: '35',
  ...Object.fromEntries(rateFields.map((field) => [field, '10'])),
} as Texts

const usualSwitches: Switches = {
  fips: false,
  dualStack: false,
  correctClockSkew: true,
  validateStrictly: true,
  logRequests: false,
}

function aDraft(texts: Partial<Texts> = {}, switches: Partial<Switches> = {}): InstanceDraft {
  return {
    texts: { ...usualTexts, ...texts },
    switches: { ...usualSwitches, ...switches },
    proxyMode: 'system',
    authorityIds: [],
  }
}

export function anInstanceOf({ texts, switches, ...part }: InstancePart): InstanceSettings {
  return {
    instanceId: 'uk',
    isManaged: false,
    draft: aDraft({ label: 'Alder UK', tag: 'UK', region: 'eu-west-2', ...texts }, switches),
    locked: [],
    authorities: [],
    ...part,
  }
}

export function anInstanceList(instances: readonly InstanceSettings[]): InstanceList {
  const blank = { isManaged: false, draft: aDraft({ region: 'us-east-1' }), locked: [], authorities: [] }
  return { instances, blank, defaults: aDraft() }
}
