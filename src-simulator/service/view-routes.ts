import type { Handler } from './handlers.ts'
import { requests } from './requests.ts'
import { notFound } from './service-error.ts'
import { readRequest } from './validation.ts'

export const describeView: Handler = ({ world, body }) => {
  const { ViewToken } = readRequest(requests.DescribeView, body)
  const view = world.views.find(ViewToken)
  if (!view) throw notFound(ViewToken, 'CONTACT_FLOW')
  return { View: view }
}
