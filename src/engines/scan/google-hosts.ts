// Google's hosts: one per country, by the suffixes Google lists at google.com/supported_domains.

const SUFFIXES =
  'com ad ae com.af com.ag com.ai al am co.ao com.ar as at com.au az ba com.bd be bf bg com.bh bi bj com.bn com.bo ' +
  'com.br bs bt co.bw by com.bz ca cat cc cd cf cg ch ci co.ck cl cm cn com.cn com.co co.cr com.cu cv com.cy cz de dj ' +
  'dk dm com.do dz com.ec ee com.eg es com.et fi com.fj fm fr ga ge gf gg com.gh com.gi gl gm gp gr com.gt gy com.hk ' +
  'hn hr ht hu co.id ie co.il im co.in io iq is it je com.jm jo co.jp co.ke com.kh ki kg co.kr com.kw kz la com.lb ' +
  'com.lc li lk co.ls lt lu lv com.ly co.ma md me mg mk ml com.mm mn com.mt mu mv mw com.mx com.my co.mz com.na ne ' +
  'com.nf com.ng com.ni nl no com.np nr nu co.nz com.om com.pa com.pe com.pg com.ph com.pk pl pn com.pr ps pt com.py ' +
  'com.qa ro rs ru rw com.sa com.sb sc se com.sg sh si sk com.sl sm sn so sr st com.sv td tg co.th com.tj tk tl tm tn ' +
  'to com.tr tt com.tw co.tz com.ua co.ug co.uk com.uy co.uz com.vc co.ve vg co.vi com.vn vu ws co.za co.zm co.zw';

/** Registrable domains, such as `google.co.uk`. */
export const GOOGLE_DOMAINS: ReadonlySet<string> = new Set(SUFFIXES.split(' ').map(suffix => `google.${suffix}`));

export function isGoogleHost(hostname: string): boolean {
  return GOOGLE_DOMAINS.has(hostname.replace(/^(?:www|images|ipv[46])\./, ''));
}
