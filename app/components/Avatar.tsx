interface AvatarProps {
  name: string
  size?: 'small' | 'large'
}

/** Somebody's initials; decorative, since the name stands beside it. */
export function Avatar({ name, size = 'large' }: AvatarProps) {
  const look = size === 'small' ? 'size-7 text-xs' : 'size-12 text-base'
  return (
    <span
      aria-hidden="true"
      className={`flex shrink-0 items-center justify-center rounded-full bg-accent-soft font-semibold text-accent-ink ${look}`}
    >
      {initials(name)}
    </span>
  )
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/)
  const picked = words.length > 1 ? [words[0], words.at(-1)] : [words[0]]
  return picked.map(word => Array.from(word ?? '')[0]?.toUpperCase() ?? '').join('')
}
