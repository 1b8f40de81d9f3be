import type { IncomingMessage } from 'node:http'
import { z } from 'zod'
import type { ContactHandle } from '../contact-handle.ts'
import { AttachSpec, SaySpec } from '../contact-handle.ts'
import { ViewSpec } from '../service/view-shelf.ts'
import type { Reply } from '../service/http.ts'
import { json, pathOf, readBody } from '../service/http.ts'
import { ServiceError } from '../service/service-error.ts'
import type { Simulator } from '../simulator.ts'
import { ContactSpec } from '../simulator.ts'
import { EventSpec } from './service-events.ts'
import { SuperviseSpec } from './supervision.ts'
import { templateTypes } from './template-samples.ts'

const maxBodyBytes = 64 * 1024 * 1024

const OfferBody = z.strictObject({ seconds: z.number().min(0).optional() })
const EndBody = z.strictObject({ by: z.enum(['customer', 'agent', 'system']).optional() })
const ShowBody = ViewSpec.extend({ viewData: z.record(z.string(), z.unknown()).optional() })
const VerdictBody = z.strictObject({ attachmentId: z.string(), status: z.enum(['APPROVED', 'REJECTED']) })
const TemplateBody = z.strictObject({ templateType: z.enum(templateTypes), data: z.unknown().optional() })
const PlayBody = z.strictObject({
  story: z.string(),
  seed: z.number().optional(),
  speed: z.number().positive().optional(),
  offered: z.boolean().optional(),
})

/** Steers the simulator over HTTP; the same as the handles in process. */
export async function answerControl(simulator: Simulator, request: IncomingMessage): Promise<Reply> {
  const body = await readBody(request, maxBodyBytes)
  if (!body) return problem(413, 'The body is too large')
  try {
    const given: unknown = body.length === 0 ? {} : JSON.parse(body.toString())
    const url = pathOf(request)
    const [, noun = '', id = '', verb = ''] = url.pathname.split('/')
    const route = `${request.method ?? ''} ${noun}${id === '' ? '' : '/:id'}${verb === '' ? '' : `/${verb}`}`
    const contact = id === '' ? undefined : simulator.find(decodeURIComponent(id))
    return (
      (contact ? contactRoute(contact, { route, given, query: url.searchParams }) : undefined) ??
      houseRoute(simulator, { route, given, query: url.searchParams }) ??
      problem(404, `Nothing answers ${request.method ?? ''} ${url.pathname}`)
    )
  } catch (error) {
    return refusalOf(error)
  }
}

type Command = Readonly<{ route: string; given: unknown; query: URLSearchParams }>

function contactRoute(contact: ContactHandle, { route, given, query }: Command): Reply | undefined {
  switch (route) {
    case 'GET contacts/:id':
      return ok(contact.truth({ bytes: query.get('bytes') === '1' }))
    case 'POST contacts/:id/offer':
      return created(contact.offer(OfferBody.parse(given).seconds))
    case 'POST contacts/:id/withdraw':
      contact.withdraw()
      return ok({})
    case 'POST contacts/:id/say': {
      const { text, texts, ...speaking } = SaySpec.parse(given)
      if (texts) return created({ ids: contact.sayAll(texts, speaking) })
      return created({ id: contact.say(z.string().parse(text), speaking) })
    }
    case 'POST contacts/:id/event':
      return created(contact.event(EventSpec.parse(given)))
    case 'POST contacts/:id/template': {
      const { templateType, data } = TemplateBody.parse(given)
      return created({ id: contact.template(templateType, data) })
    }
    case 'POST contacts/:id/supervise':
      return created(contact.supervise(SuperviseSpec.parse(given)))
    case 'POST contacts/:id/attach': {
      const { bytesBase64, ...file } = AttachSpec.parse(given)
      return created(contact.attach({ ...file, bytes: Buffer.from(bytesBase64, 'base64') }))
    }
    case 'POST contacts/:id/view': {
      const { viewData, ...view } = ShowBody.parse(given)
      return created(contact.show(view, { data: viewData }))
    }
    case 'POST contacts/:id/verdict': {
      const { attachmentId, status } = VerdictBody.parse(given)
      contact.judge(attachmentId, status)
      return ok({})
    }
    case 'POST contacts/:id/end':
      contact.end(EndBody.parse(given).by)
      return ok({})
    default:
      return undefined
  }
}

function houseRoute(simulator: Simulator, { route, given, query }: Command): Reply | undefined {
  switch (route) {
    case 'POST contacts': {
      const contact = simulator.contact(ContactSpec.parse(given))
      const { contactId, initialContactId, agent, customer } = contact
      return created({ contactId, initialContactId, agent, customer })
    }
    case 'GET contacts':
      return ok(simulator.contacts.map(({ contactId, customerName }) => ({ contactId, customerName })))
    case 'GET requests':
      return ok(simulator.requests({ operation: query.get('operation') ?? undefined }))
    case 'POST faults':
      return created(simulator.faults.add(given))
    case 'GET faults':
      return ok(simulator.faults.inForce)
    case 'DELETE faults':
      simulator.faults.clear()
      return ok({})
    case 'POST switches':
      simulator.set(given)
      return ok(simulator.switches)
    case 'GET switches':
      return ok(simulator.switches)
    case 'POST stories': {
      const { story, ...options } = PlayBody.parse(given)
      simulator.play(story, options)
      return created({ story })
    }
    case 'GET wrap-ups':
      return ok(simulator.wrapUps)
    case 'POST reset':
      simulator.reset()
      return ok({})
    default:
      return undefined
  }
}

const ok = (body: unknown): Reply => json(200, body)
const created = (body: unknown): Reply => json(201, body)
const problem = (status: number, message: string): Reply => json(status, { message })

function refusalOf(error: unknown): Reply {
  if (error instanceof z.ZodError) return problem(400, z.prettifyError(error))
  if (error instanceof SyntaxError) return problem(400, 'The body is not JSON')
  if (error instanceof ServiceError) return problem(error.status, error.message)
  throw error
}
