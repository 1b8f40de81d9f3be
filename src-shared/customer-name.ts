const placeholder = 'Customer'

/** Nobody has said yet who this is. */
export function isPlaceholder(name: string): boolean {
  return name === '' || name === placeholder
}

/** What a chat is called: as the agent labelled it, else by the name that was told last. */
export function chatName({ label, customer }: { readonly label: string; readonly customer: string }): string {
  return label || customer || placeholder
}
