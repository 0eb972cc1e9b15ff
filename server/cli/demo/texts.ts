/** What clients write when they book. */
export const clientNotes = [
  'I have been offered a team lead role and don’t know whether I want it.',
  'Could we start with the conversation from last week? It is still on my mind.',
  'I would like to prepare a talk with my manager about pay.',
  'Back from parental leave in May and a little lost about how to begin.',
  'Two offers, one decision, and I keep changing my mind.',
  'My team has doubled in a year and I am the bottleneck.',
  'I am thinking about going freelance and would like a sober view.',
  'Please call me on my mobile, I will be travelling.',
  'Nothing to prepare. I just need to think aloud.',
  'We said we would look at my calendar together: I brought it.',
]

/** What coaches note for themselves afterwards. */
export const coachNotes = [
  'Clear on the goal now. Next time: what stands in the way.',
  'Much calmer than in spring. Keep asking about rest.',
  'Will talk to her manager by Friday and tell me how it went.',
  'Wants to decide by the end of the month. Ask about the plan B.',
  'Good energy. Bring the values cards next time.',
  'Came ten minutes late, still useful. Shorter agenda next time.',
]

/** What clients say in their feedback. */
export const comments = [
  'I left with one sentence that I have repeated to myself all week.',
  'Exactly the question I had been avoiding.',
  'Warm, clear and to the point.',
  'I finally know what my next step is.',
  'Good to have somebody who listens and doesn’t hurry.',
  'Worth every minute.',
  'A little short for the topic, but I know where to go on.',
]

export const reasons = {
  decline: [
    {
      code: 'time_unsuitable',
      reason: 'This time doesn’t work for me after all. Please pick another one next week.',
    },
    { code: 'fully_booked', reason: 'I have no room left that week.' },
    { code: 'not_a_fit', reason: 'I think a colleague could help you better with this.' },
    { code: 'other', reason: 'I would need a little more time to prepare for this.' },
  ],
  client: [
    'I am ill, sorry.',
    'A meeting came in between.',
    'I found an answer by myself.',
    'We are on holiday.',
  ],
  coach: ['I am ill and can’t work today. Please pick a new time.', 'A family matter, I am sorry.'],
} as const
