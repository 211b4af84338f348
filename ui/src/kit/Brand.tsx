/** The product's mark and name. */
export function Brand({ large }: { large?: boolean }) {
  const size = large ? 24 : 20;
  return (
    <span className={large ? "kw-brand kw-brand-large" : "kw-brand"}>
      <svg width={size} height={size} viewBox="0 0 20 20" fill="none" stroke="currentColor" strokeWidth="1.8" aria-hidden="true">
        <path d="M4 4.5h12v7.2c0 3-2.6 4.8-6 6.3-3.4-1.5-6-3.3-6-6.3z" />
        <path d="M10 7.2v5.2M7.4 9.8h5.2" />
      </svg>
      Keepwell
    </span>
  );
}
