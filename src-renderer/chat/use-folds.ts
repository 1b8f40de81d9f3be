import { computed, inject, provide, shallowReactive, type ComputedRef, type InjectionKey } from 'vue'

/** Which long texts of a conversation are shown whole. Lives with the log: its rows come and go while scrolling. */
export interface Folds {
  readonly isOpen: (id: string) => boolean
  readonly open: (id: string) => void
  readonly toggle: (id: string) => void
}

const key: InjectionKey<Folds> = Symbol('folds')

/** `opening` is called before a text grows or shrinks. */
export function provideFolds(opening: () => void): Folds {
  const folds = createFolds(opening)
  provide(key, folds)
  return folds
}

function createFolds(opening?: () => void): Folds {
  const opened = shallowReactive(new Set<string>())
  return {
    isOpen: (id) => opened.has(id),
    open(id) {
      opening?.()
      opened.add(id)
    },
    toggle(id) {
      opening?.()
      if (!opened.delete(id)) opened.add(id)
    },
  }
}

export interface Fold {
  readonly isOpen: ComputedRef<boolean>
  readonly toggle: () => void
}

export function useFold(id: () => string): Fold {
  const folds = inject(key, () => createFolds(), true)
  return {
    isOpen: computed(() => folds.isOpen(id())),
    toggle() {
      folds.toggle(id())
    },
  }
}
