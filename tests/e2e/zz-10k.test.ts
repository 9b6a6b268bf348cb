import { it } from 'vitest';
import { setTimeout as pause } from 'node:timers/promises';
import { stage } from './stage';
import { APP_PAGE } from '../../scripts/demo/walk';
it('10k', async () => {
  const walk = await stage((process.env.B ?? 'chromium') as any, { labels: [] });
  const { app } = walk;
  const N = 10000;
  await app.evaluate(async N => {
    const open = indexedDB.open('gleaner'); await new Promise(r => { open.onsuccess = r; }); const db = open.result;
    const tx0 = db.transaction('labels','readwrite'); for (let l=0;l<3;l++) tx0.objectStore('labels').put({id:'l'+l,name:'label '+l,folder:'label-'+l,colour:l,createdAt:l}); await new Promise(r=>{tx0.oncomplete=r as any});
    const thumbs: Blob[] = [];
    for (let i=0;i<200;i++){ const c=new OffscreenCanvas(256,192); const x=c.getContext('2d')!; for(let k=0;k<60;k++){ x.fillStyle=`hsl(${(i*37+k*11)%360} 60% ${20+k}%)`; x.fillRect((k*53+i*7)%256,(k*31+i*13)%192,60,40);} thumbs.push(await c.convertToBlob({type:'image/jpeg',quality:.82})); }
    for (let at=0; at<N; at+=500) {
      const tx=db.transaction(['samples','thumbnails','blobs','jobs'],'readwrite');
      for (let i=at;i<at+500;i++){ const sha=i.toString(16).padStart(8,'0').repeat(8); const split=i%7===0?'valid':i%7===1?'test':'train'; const labelId = i < N*0.9 ? 'l0' : 'l1';
        const candidate={url:`https://images.example.com/${i}/some/long/path/to/an/image-${i}.jpg`,title:`A picture of something number ${i}`,width:800,height:600,sourcePage:`https://www.example.com/pages/of/things/${i}.html`,thumbnail:`https://tse.example.com/th?id=OIP.${sha.slice(0,30)}`};
        const provenance={engine:'bing',query:'label 0',pageUrl:'https://www.bing.com/images/search?q=label+0',harvestedAt:1e12};
        tx.objectStore('samples').put({sha256:sha,labelId,split,type:'jpeg',bytes:100000,width:800,height:600,dHash:sha,group:sha,quality:{sharpness:i%300===0?50:900,brightness:.9},candidate,provenance,harvestId:'h',addedAt:1e12+i});
        tx.objectStore('thumbnails').put({sha256:sha,blob:thumbs[i%200]}); tx.objectStore('blobs').put({sha256:sha,blob:thumbs[i%200]});
        tx.objectStore('jobs').put({id:`${labelId}\n${candidate.url}`,labelId,harvestId:'h',candidate,provenance,host:'example.com',state:'stored',attempts:1,notBefore:1e12+i,sha256:sha}); }
      await new Promise(r=>{tx.oncomplete=r as any});
    }
    db.close();
  }, N);
  await app.close();
  for (let run=0; run<3; run++) {
    const page = await walk.driver.newPage();
    await page.evaluateOnNewDocument(() => {
      (globalThis as any).marks = {}; const m=(globalThis as any).marks;
      (globalThis as any).long=[]; try{ new PerformanceObserver(l=>{for(const e of l.getEntries())(globalThis as any).long.push(Math.round(e.duration)+'@'+Math.round(e.startTime))}).observe({entryTypes:['longtask']}); }catch{}
      const look=()=>{ const o=document.querySelectorAll('[role=option]'); if(o.length&&!m.tiles)m.tiles=performance.now(); if(!m.img&&[...document.querySelectorAll('[role=option] img')].filter(i=>(i as any).complete&&(i as any).naturalWidth).length>=Math.min(20,o.length)&&o.length)m.img=performance.now(); const g=document.querySelector('.grid-rows') as HTMLElement|null; if(g&&!m.full&&parseFloat(g.style.height)>100000)m.full=performance.now(); if(!m.full||!m.img)requestAnimationFrame(look)}; requestAnimationFrame(look);
    });
    await walk.driver.open(page, `${walk.driver.extensionUrl(APP_PAGE)}#dataset/l0`);
    await page.bringToFront();
    await pause(4000);
    console.log('open', JSON.stringify(await page.evaluate(() => (globalThis as any).marks)), 'long', JSON.stringify(await page.evaluate(() => (globalThis as any).long)));
    const frames = await page.evaluate(async () => {
      (globalThis as any).long.length=0;
      const g=document.querySelector('[role=listbox]') as HTMLElement; const deltas:number[]=[]; let last=performance.now(); const end=last+6000; let empty=0, seen=0;
      while(performance.now()<end){ await new Promise(r=>requestAnimationFrame(r)); const now=performance.now(); deltas.push(now-last); last=now; g.scrollTop+=180; if (g.scrollTop+g.clientHeight>=g.scrollHeight-10) g.scrollTop=0; const r=g.getBoundingClientRect(); const t=[...document.querySelectorAll('[role=option]')].filter(e=>{const b=e.getBoundingClientRect();return b.bottom>r.top&&b.top<r.bottom}); seen+=t.length; empty+=t.filter(e=>!e.querySelector('img')).length; }
      deltas.sort((a,b)=>a-b); return {n:deltas.length,p50:deltas[deltas.length>>1],p95:deltas[Math.floor(deltas.length*.95)],max:deltas.at(-1),over100:deltas.filter(d=>d>100).length,emptyShare:empty/seen,long:(globalThis as any).long, mem:(performance as any).memory?.usedJSHeapSize/1e6};
    });
    console.log('scroll', JSON.stringify(frames));
    const act = await page.evaluate(async () => {
      const g=document.querySelector('[role=listbox]') as HTMLElement; g.scrollTop=0; await new Promise(r=>setTimeout(r,500));
      const press=(key:string,o={})=>g.dispatchEvent(new KeyboardEvent('keydown',{key,bubbles:true,cancelable:true,...o}));
      const frame=()=>new Promise(r=>requestAnimationFrame(()=>setTimeout(r)));
      const times:any={}; let t=performance.now(); press('End'); await frame(); times.end=performance.now()-t;
      t=performance.now(); press('Home'); await frame(); times.home=performance.now()-t;
      t=performance.now(); press('ArrowRight'); await frame(); times.right=performance.now()-t;
      t=performance.now(); press('a',{ctrlKey:true}); await frame(); times.all=performance.now()-t;
      press('Escape'); await frame();
      const before=document.querySelector('[role=option]')!.getAttribute('aria-label');
      t=performance.now(); press('Home'); press('Delete'); while(document.querySelector('[role=option]')!.getAttribute('aria-label')===before && performance.now()-t<5000) await frame(); times.del=performance.now()-t;
      return times; });
    console.log('act', JSON.stringify(act));
    await page.close();
  }
  await walk.close();
}, 300000);
