/** Tells whether a National Provider Identifier is well formed: ten figures whose last is the Luhn check figure
 *  of the number with 80840 before it (45 CFR 162.406; CMS, "NPI check digit"). */
export function npiIsWellFormed(npi: string): boolean {
  if (!/^[12]\d{9}$/.test(npi)) return false;
  const figures = [...`80840${npi}`].map(Number).toReversed();
  const sum = figures.reduce((total, figure, place) => {
    if (place % 2 === 0) return total + figure;
    const doubled = figure * 2;
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}
