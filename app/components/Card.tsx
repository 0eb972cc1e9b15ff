import type { ReactNode } from 'react'

interface CardProps {
  children: ReactNode
  className?: string
  as?: 'div' | 'section' | 'article' | 'li'
}

/** A raised surface that holds one thing. */
export function Card({ children, className = 'p-5 sm:p-6', as: Element = 'div' }: CardProps) {
  return (
    <Element className={`rounded-card border border-line bg-surface shadow-card ${className}`}>
      {children}
    </Element>
  )
}
