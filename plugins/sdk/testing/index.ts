export { testSessionKind } from './session-kind.ts'
