import '#shared/no-eval.ts'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { useNotices } from './stores/notices.ts'
import '@fontsource-variable/inter'
import './styles/tokens.css'
import './styles/base.css'
import './styles/controls.css'
import './styles/shell.css'
import './styles/inbox.css'
import './styles/conversation.css'
import './styles/composer.css'
import './styles/panel.css'
import './styles/dialogs.css'
import './styles/settings.css'
import './styles/palette.css'
import './styles/modes.css'

const app = createApp(App).use(createPinia())

/** A bug must neither stop the rest of the page nor go unnoticed. */
function tellOfBug(error: unknown): void {
  useNotices().tell(
    'alert',
    'Parley met an error of its own.',
    'Nothing you sent is lost. If a part of the page looks wrong, restart Parley.',
  )
  window.reportError(error)
}

app.config.errorHandler = tellOfBug
window.addEventListener('unhandledrejection', ({ reason }) => tellOfBug(reason))
app.mount('#app')
