/** Filled in when the app is built. */
interface ImportMeta {
  readonly env: { readonly DEV: boolean }
}
