const ooxml = 'application/vnd.openxmlformats-officedocument'

/** The types an instance accepts, by extension, with the variants that browsers report. */
const typesByExtension: Readonly<Record<string, readonly string[]>> = {
  csv: ['text/csv'],
  doc: ['application/msword'],
  docx: [`${ooxml}.wordprocessingml.document`],
  heic: ['image/heic'],
  jfif: ['image/jpeg'],
  jpeg: ['image/jpeg'],
  jpg: ['image/jpeg'],
  mov: ['video/quicktime'],
  mp4: ['video/mp4'],
  pdf: ['application/pdf'],
  png: ['image/png'],
  ppt: ['application/vnd.ms-powerpoint'],
  pptx: [`${ooxml}.presentationml.presentation`],
  rtf: ['application/rtf', 'text/rtf', 'application/x-rtf'],
  txt: ['text/plain'],
  wav: ['audio/wav', 'audio/x-wav', 'audio/vnd.wave'],
  xls: ['application/vnd.ms-excel'],
  xlsx: [`${ooxml}.spreadsheetml.sheet`],
}

const allowedTypes = new Set(Object.values(typesByExtension).flat())

export function isAllowedFile(
  file: { readonly contentType: string; readonly extension: string },
  check: 'type' | 'extension' | 'both' | 'none',
): boolean {
  const ofExtension = typesByExtension[file.extension]
  switch (check) {
    case 'none':
      return true
    case 'type':
      return allowedTypes.has(file.contentType)
    case 'extension':
      return ofExtension !== undefined
    case 'both':
      return ofExtension?.includes(file.contentType) ?? false
  }
}
