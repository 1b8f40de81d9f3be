/** A refusal in the service's own terms. */
export class ServiceError extends Error {
  readonly status: number
  readonly type: string
  readonly details: Readonly<Record<string, string>>

  constructor(status: number, type: string, text: { message: string; details?: Record<string, string> }) {
    super(text.message)
    this.status = status
    this.type = type
    this.details = text.details ?? {}
  }
}

export const accessDenied = (message = 'Access denied'): ServiceError =>
  new ServiceError(403, 'AccessDeniedException', { message })

export const invalid = (message: string): ServiceError =>
  new ServiceError(400, 'ValidationException', { message })

export const conflict = (message: string): ServiceError =>
  new ServiceError(409, 'ConflictException', { message })

export const quotaExceeded = (message: string): ServiceError =>
  new ServiceError(402, 'ServiceQuotaExceededException', { message })

export const notFound = (resourceId: string, resourceType: string): ServiceError =>
  new ServiceError(404, 'ResourceNotFoundException', {
    message: 'The resource was not found.',
    details: { ResourceId: resourceId, ResourceType: resourceType },
  })

export const throttled = (): ServiceError =>
  new ServiceError(429, 'ThrottlingException', { message: 'Rate exceeded' })

const byStatus: Readonly<Record<number, ServiceError>> = {
  400: invalid('The request is not valid.'),
  402: quotaExceeded('The quota has been exceeded.'),
  403: accessDenied(),
  404: notFound('unknown', 'CONTACT'),
  409: conflict('The request conflicts with the current state.'),
  429: throttled(),
}

/** The refusal that goes with a status. */
export const refusalWith = (status: number): ServiceError =>
  byStatus[status] ??
  new ServiceError(status, 'InternalServerException', { message: 'Internal server error' })
