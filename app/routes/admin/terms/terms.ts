import type { Outputs } from '../../../api.ts'

/** What a session is sold and held by, as the API takes it; deadlines count back from its first start. */
export type Terms = NonNullable<Outputs['offers']['manage']['list']['offers'][number]['terms']>
/** A kind of session with what its form asks for. */
export type Kind = Outputs['offers']['kinds']['kinds'][number]
export type Section = NonNullable<Kind['sessions']>['sections'][number]
