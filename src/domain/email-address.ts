/** One address and nothing else, as it is written to: `r.castellan@council.example`, at most 254 characters of plain ASCII. What a
 *  mail program could read as something more is none: a comma, brackets, a quoted part, a control character, a hyphen in front. */
export const EMAIL_ADDRESS =
  /^(?!-)(?=[^@]{1,64}@)(?=[^]{1,254}$)[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*@(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\.)+[a-zA-Z](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])$/;
