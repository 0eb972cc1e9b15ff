import { Link, type LinkProps } from '@remix-run/react'
import type { ReactNode } from 'react'
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components/Button'
import { Spinner } from './Spinner.tsx'

export interface ButtonLook {
  /** `primary` once per view; `danger` for what can't be taken back. */
  variant?: 'primary' | 'secondary' | 'quiet' | 'danger'
  size?: 'small' | 'medium' | 'large'
}

const base =
  'relative inline-flex cursor-pointer items-center justify-center gap-2 rounded-control text-center font-medium no-underline transition-[background-color,border-color,box-shadow,transform] duration-100 select-none active:translate-y-px disabled:cursor-not-allowed disabled:opacity-55 [&_svg]:shrink-0'
const variants = {
  primary:
    'bg-accent text-accent-text shadow-[inset_0_0_0_1px_rgb(0_0_0/0.08)] hover:bg-[color-mix(in_oklab,var(--accent)_90%,black)]',
  secondary: 'border border-line bg-surface text-ink shadow-xs hover:border-line-strong hover:bg-ground',
  quiet: 'text-ink hover:bg-ink/6',
  danger: 'bg-bad text-white hover:bg-[color-mix(in_oklab,var(--color-bad)_88%,black)]',
}
const sizes = {
  small: 'min-h-9 px-3 text-sm [&_svg]:size-4',
  medium: 'min-h-11 px-4 text-[0.9375rem] [&_svg]:size-[1.125rem]',
  large: 'min-h-13 px-6 text-base [&_svg]:size-5',
}

/** The classes of a button, for links and native elements that look like one. */
export function buttonLook({ variant = 'secondary', size = 'medium' }: ButtonLook = {}, more = ''): string {
  return `${base} ${variants[variant]} ${sizes[size]} ${more}`
}

interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'children'>, ButtonLook {
  children: ReactNode
  className?: string
}

/** A button; while `isPending` it keeps its size, shows a spinner and takes no presses. */
export function Button({ variant, size, className, children, isPending, ...props }: ButtonProps) {
  return (
    <AriaButton {...props} isPending={isPending} className={buttonLook({ variant, size }, className)}>
      {isPending && <Spinner className="absolute" />}
      <span className={`inline-flex items-center gap-2 ${isPending ? 'opacity-0' : ''}`}>{children}</span>
    </AriaButton>
  )
}

interface LinkButtonProps extends LinkProps, ButtonLook {}

/** A link to another page that looks like a button. */
export function LinkButton({ variant, size, className, ...props }: LinkButtonProps) {
  return <Link {...props} className={buttonLook({ variant, size }, className)} />
}
