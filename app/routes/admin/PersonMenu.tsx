import { useMutation } from '@tanstack/react-query'
import { CircleUserRound, LogOut } from 'lucide-react'
import { Button } from 'react-aria-components/Button'
import { Header } from 'react-aria-components/Header'
import { Menu, MenuItem, MenuSection, MenuTrigger } from 'react-aria-components/Menu'
import { Popover } from 'react-aria-components/Popover'
import { useTRPC } from '../../api.ts'
import { optionLook } from '../../components/Select.tsx'
import { toast } from '../../components/toasts.tsx'
import { failureOf } from '../../failure.ts'

interface PersonMenuProps {
  me: { name: string; email: string; member: { role: string } }
  /** Shows the name beside the picture, where there is room. */
  withName?: boolean
}

/** Who is signed in, and the way out. */
export function PersonMenu({ me, withName }: PersonMenuProps) {
  const trpc = useTRPC()
  const signOut = useMutation(
    trpc.auth.signOut.mutationOptions({
      onSuccess: () => location.assign('/sign-in'),
      onError: error => toast({ text: failureOf(error).message, tone: 'bad' }),
    }),
  )
  return (
    <MenuTrigger>
      <Button
        aria-label={`${me.name}: your account`}
        className="flex min-h-11 min-w-11 cursor-pointer items-center gap-3 rounded-control px-3 text-left text-[0.9375rem] hover:bg-ink/6 lg:w-full"
      >
        <CircleUserRound aria-hidden="true" className="size-5 shrink-0 text-muted" />
        {withName && <span className="truncate">{me.name}</span>}
      </Button>
      <Popover className="min-w-60 animate-enter rounded-control border border-line bg-surface p-1 shadow-raised">
        <Menu aria-label="Your account" onAction={() => signOut.mutate()} className="outline-none">
          <MenuSection>
            <Header className="px-3 py-2 text-sm">
              <span className="block font-medium">{me.name}</span>
              <span className="block text-muted">{me.email}</span>
              <span className="block text-muted">Signed in as {me.member.role}</span>
            </Header>
            <MenuItem id="sign-out" className={optionLook}>
              <LogOut aria-hidden="true" className="size-4" />
              Sign out
            </MenuItem>
          </MenuSection>
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}
