import { expect, test } from '@playwright/test'
import { openBusiness, visit } from '#tests/support/desk.ts'

test('a day’s hours are set, copied, checked and saved, and can be taken back', async ({ browser }) => {
  const desk = await openBusiness()
  const { coachId, owner } = desk
  await owner.mutate('hours.saveWeek', { coachId, hours: [{ weekday: 1, startMinute: 540, endMinute: 720 }] })
  const context = await desk.open(browser)
  const page = await context.newPage()
  await visit(page, desk.at('/admin/hours'))
  const hours = async () => (await owner.query('hours.get', { coachId })).data.hours

  await page.getByRole('button', { name: 'Add hours on Monday' }).click()
  const second = page.getByRole('group', { name: 'Hours on Monday' }).nth(1)
  await second.getByRole('spinbutton', { name: /hour.*from/i }).focus()
  await page.keyboard.type('11')
  await expect(second.getByText('Overlaps with another range.')).toBeVisible()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText('Some hours need a look first.')).toBeVisible()
  await second.getByRole('spinbutton', { name: /hour.*from/i }).focus()
  await page.keyboard.type('14')
  await expect(second.getByText('Overlaps with another range.')).toBeHidden()

  await page.getByRole('button', { name: 'Copy Monday’s hours to other days' }).click()
  await page.getByText('Wednesday', { exact: true }).last().click()
  await page.getByRole('button', { name: 'Copy', exact: true }).click()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText('Your hours are saved.')).toBeVisible()
  expect(await hours()).toMatchObject([
    { weekday: 1, startMinute: 540, endMinute: 720 },
    { weekday: 1, startMinute: 840, endMinute: 900 },
    { weekday: 3, startMinute: 540, endMinute: 720 },
    { weekday: 3, startMinute: 840, endMinute: 900 },
  ])

  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText('Your former hours are back.')).toBeVisible()
  expect(await hours()).toHaveLength(1)
  await context.close()
})

test('a date that differs and time off are added and taken away', async ({ browser }) => {
  const desk = await openBusiness()
  const context = await desk.open(browser)
  const page = await context.newPage()
  await visit(page, desk.at('/admin/hours'))

  await page.getByRole('button', { name: 'Add a date' }).click()
  const day = page.getByRole('dialog', { name: 'Add a day that differs' })
  await day.getByRole('button', { name: 'Save' }).click()
  await expect(day.getByText('Choose a date.')).toBeVisible()
  await day.getByRole('spinbutton', { name: /day/ }).first().focus()
  await page.keyboard.type('24122030')
  await day.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Closed all day')).toBeVisible()
  await expect(page.getByText('Tuesday, 24 December 2030')).toBeVisible()

  await page.getByRole('button', { name: 'Add time off' }).click()
  const off = page.getByRole('dialog', { name: 'Add time off' })
  await off.getByRole('spinbutton', { name: /day/ }).first().focus()
  await page.keyboard.type('0101203107012031')
  await off.getByLabel('Note').fill('Winter break')
  await off.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(page.getByText('Winter break')).toBeVisible()
  const { timeOff } = (await desk.owner.query('hours.get', { coachId: desk.coachId })).data
  expect(timeOff).toMatchObject([
    { startsAt: '2030-12-31T23:00:00.000Z', endsAt: '2031-01-07T23:00:00.000Z' },
  ])

  await page.getByRole('button', { name: /Remove time off/ }).click()
  await expect(page.getByText('Winter break')).toBeHidden()
  await page.getByRole('button', { name: 'Remove 2030-12-24' }).click()
  await expect(page.getByText('Every day follows the week above.')).toBeVisible()
  await context.close()
})
