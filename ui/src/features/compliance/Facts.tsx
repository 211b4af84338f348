export interface Fact {
  name: string;
  value: string;
  mono?: boolean;
}

/** Names and values, one below the other. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className="kw-kv">
      {facts.map((fact) => (
        <div key={fact.name} className="cp-fact">
          <dt>{fact.name}</dt>
          <dd className={fact.mono ? "kw-mono" : undefined}>{fact.value}</dd>
        </div>
      ))}
    </dl>
  );
}
