export { type TestContext, testContext } from './context.ts'
export {
  type EmailServiceSubject,
  type EmailSubject,
  emailContract,
  type ReceivedMail,
  sampleEmail,
} from './email.ts'
export {
  type ListenerServiceSubject,
  type ListenerSubject,
  listenerContract,
  sampleEvent,
  tell,
} from './listener.ts'
export { failure, type Mood, soon } from './moods.ts'
export { pluginContract } from './plugin.ts'
export {
  type Follower,
  type RealtimeServiceSubject,
  type RealtimeSubject,
  realtimeContract,
} from './realtime.ts'
export { sessionKindContract } from './session-kind.ts'
export {
  type KeptRoom,
  sampleMeeting,
  type VideoServiceSubject,
  type VideoSubject,
  videoContract,
} from './video.ts'
