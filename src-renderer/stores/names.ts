import { defineStore } from 'pinia'
import { computed } from 'vue'
import type { Chat, ChatId, Offer } from '#shared/model.ts'
import { markSameNames, type NameBearer, type NameMark } from '../inbox/same-names.ts'
import { useInbox } from './inbox.ts'

type Named = Pick<Chat, 'chatId' | 'customer'>

/** What customers are called where somebody could take one for another. */
export const useNames = defineStore('names', () => {
  const inbox = useInbox()
  const chats = computed<readonly NameBearer[]>(() =>
    [...inbox.chats.values()].map(({ chatId, customer, attributes, startedAt }) => ({
      id: chatId,
      name: customer,
      attributes,
      since: startedAt,
    })),
  )
  const offers = computed<readonly NameBearer[]>(() =>
    inbox.offers.map(({ offerId, customer, queuedAt }) => ({
      id: offerId,
      name: customer,
      attributes: [],
      since: queuedAt,
    })),
  )
  // An offer changes no name of a chat: the one that it becomes may be there already.
  const marks = computed(() => markSameNames(chats.value))
  const offerMarks = computed(() => markSameNames([...chats.value, ...offers.value]))

  /** Null for a name that nobody else has. */
  function markOf(chatId: ChatId): NameMark | null {
    return marks.value.get(chatId) ?? null
  }

  function markOfOffer(offerId: string): NameMark | null {
    return offerMarks.value.get(offerId) ?? null
  }

  /** "Ana Torres", or "Ana Torres, order AH-201" while there is another Ana Torres. Begins with the name. */
  function of({ chatId, customer }: Named): string {
    return join(customer, markOf(chatId))
  }

  function ofOffer({ offerId, customer }: Pick<Offer, 'offerId' | 'customer'>): string {
    return join(customer, markOfOffer(offerId))
  }

  return { markOf, markOfOffer, of, ofOffer }
})

function join(name: string, mark: NameMark | null): string {
  return mark === null ? name : `${name}, ${mark.text}`
}
