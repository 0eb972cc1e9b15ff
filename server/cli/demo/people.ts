import type { Random } from './random.ts'

/** Somebody who books. All are invented, and no mail can reach them: nobody can have a domain under `.example`. */
export interface ClientPart {
  name: string
  email: string
  timeZone: string
  tags: readonly string[]
}

/** The client anybody may sign in as. */
export const demoClient: ClientPart = {
  name: 'Sam Rivera',
  email: 'client@aurora.example',
  timeZone: 'Europe/London',
  tags: [],
}

const named = `
Anna Lindqvist|anna.lindqvist|Europe/Stockholm|VIP
Łukasz Żak|lukasz.zak|Europe/Warsaw
Chiara Bianchi|chiara.bianchi|Europe/Rome
José Ángel Muñoz|jose.munoz|Europe/Madrid
Søren Kjær|soren.kjaer|Europe/Copenhagen
Zoë van den Berg|zoe.vandenberg|Europe/Amsterdam
Élodie Marchand|elodie.marchand|Europe/Paris
Jürgen Weiß|juergen.weiss|Europe/Berlin
Fatma Yılmaz|fatma.yilmaz|Europe/Istanbul
Nikolaos Papadakis|nikos.papadakis|Europe/Athens
Siobhán O’Connor|siobhan.oconnor|Europe/Dublin
Mateus Figueiredo|mateus.figueiredo|Europe/Lisbon
Jana Dvořáková|jana.dvorakova|Europe/Prague
Lena Hofer|lena.hofer|Europe/Vienna
Marc Keller|marc.keller|Europe/Zurich
Aino Virtanen|aino.virtanen|Europe/Helsinki
Oksana Kovalenko|oksana.kovalenko|Europe/Kyiv
Amina Diallo|amina.diallo|Africa/Dakar
Chidi Eze|chidi.eze|Africa/Lagos
Wanjiru Kamau|wanjiru.kamau|Africa/Nairobi|VIP
Thabo Nkosi|thabo.nkosi|Africa/Johannesburg
Yasmin Haddad|yasmin.haddad|Africa/Cairo
Omar Al Mansouri|omar.almansouri|Asia/Dubai
Noa Levi|noa.levi|Asia/Jerusalem
Ananya Iyer|ananya.iyer|Asia/Kolkata
Bishal Thapa|bishal.thapa|Asia/Kathmandu
Li Wei|li.wei|Asia/Shanghai
Sakura Tanaka|sakura.tanaka|Asia/Tokyo
Min-jun Kim|minjun.kim|Asia/Seoul
Nguyễn Thị Lan|lan.nguyen|Asia/Ho_Chi_Minh
Putri Wulandari|putri.wulandari|Asia/Jakarta
Angela Santos|angela.santos|Asia/Manila
Liam Nguyen|liam.nguyen|Australia/Sydney
Aroha Ngata|aroha.ngata|Pacific/Auckland
Grace Thompson|grace.thompson|America/New_York
Marcus Hill|marcus.hill|America/Chicago
Dana Whitehorse|dana.whitehorse|America/Denver
Kenji Morales|kenji.morales|America/Los_Angeles|VIP,speaks Japanese
Geneviève Tremblay|genevieve.tremblay|America/Toronto
Joana Batista|joana.batista|America/Sao_Paulo
Valentina Rojas|valentina.rojas|America/Santiago
Mary Penney|mary.penney|America/St_Johns
`
  .trim()
  .split('\n')
  .map((line): ClientPart => {
    const [name, mailbox, timeZone, tags] = line.split('|') as [string, string, string, string?]
    return { name, email: `${mailbox}@clients.example`, timeZone, tags: tags?.split(',') ?? [] }
  })

/** How many clients have names of their own. */
export const namedClients = named.length + 1

const givenNames =
  `Ada Ben Clara David Emma Farid Gina Hugo Ines Jonas Kira Leo Maya Nils Olga Paul Quentin Rosa
  Sven Tara Uma Viktor Wanda Xenia Yusuf Zara`.split(/\s+/)
const familyNames =
  `Adler Bauer Costa Dubois Evans Fischer Garcia Hansen Ivanov Jensen Kowalski Lopez Meyer Novak
  Olsen Patel Rossi Schmidt Tanaka Urban Vogel Wagner Young Zimmer`.split(/\s+/)

/** At least `namedClients` people, the demo client first, then those of the list, then made-up ones up to `count`. */
export function clientParts(count: number, random: Random): ClientPart[] {
  const more = Array.from({ length: Math.max(0, count - namedClients) }, (_, at) => {
    const name = inventedName(random)
    const email = `${name.toLowerCase().replace(' ', '.')}.${at + 1}@clients.example`
    return { name, email, timeZone: random.pick(named).timeZone, tags: [] }
  })
  return [demoClient, ...named, ...more]
}

export function inventedName(random: Random): string {
  return `${random.pick(givenNames)} ${random.pick(familyNames)}`
}
