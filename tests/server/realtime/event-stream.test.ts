import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { Duplex } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { eventStream } from '#server/realtime/event-stream.ts'

/** A connection whose reader takes nothing until it is told to. */
function slowReader() {
  let text = ''
  let release: (() => void) | null = null
  let isReading = false
  const socket = new Duplex({
    writableHighWaterMark: 64,
    read() {},
    write(chunk, _encoding, done) {
      text += chunk
      if (isReading) done()
      else release = done
    },
  })
  const response = new ServerResponse(new IncomingMessage(new Socket()))
  response.assignSocket(socket as Socket)
  // As Node's server does for a connection it accepted.
  socket.on('drain', () => response.emit('drain'))
  return {
    response,
    text: () => text,
    read() {
      isReading = true
      release?.()
    },
  }
}

test('nothing queues up for a slow reader: a topic that changed often is told once', async () => {
  const reader = slowReader()
  const stream = eventStream(reader.response)
  stream.begin(new Map([['offers', '1']]))
  for (let at = 0; at < 10_000; at++) stream.hint('offers')
  expect(reader.response.writableLength).toBeLessThan(2_000)
  reader.read()
  await sleep(300)
  expect(reader.text().match(/event: hint/g)).toHaveLength(1)
})

test('a reader who takes nothing for two heartbeats is given up', () => {
  const { response } = slowReader()
  const stream = eventStream(response)
  stream.begin(new Map([['offers', '1']]))
  stream.beat()
  expect(response.destroyed).toBe(false)
  stream.beat()
  expect(response.destroyed).toBe(true)
})

test('hints before the beginning are told after the versions, those of other topics never', async () => {
  const reader = slowReader()
  reader.read()
  const stream = eventStream(reader.response)
  stream.hint('offers')
  stream.hint('requests')
  stream.begin(new Map([['offers', '1']]))
  await sleep(50)
  const events = reader.text().match(/^event: \w+|^data: .*/gm)
  expect(events).toEqual([
    'event: hello',
    'data: {"versions":{"offers":"1"}}',
    'event: hint',
    'data: {"topic":"offers"}',
  ])
})
