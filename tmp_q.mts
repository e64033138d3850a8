const B='http://localhost:3971';
const id=()=>crypto.randomUUID();
const s=await fetch(B+'/api/session',{method:'POST',headers:{'content-type':'application/json'},body:JSON.stringify({commandId:id(),login:process.argv[2],password:'jingwei-demo'})});
const cookie=s.headers.getSetCookie().map(c=>c.split(';')[0]).join('; ');
const get=async(p)=>{const t=performance.now(); const r=await fetch(B+p,{headers:{cookie}}); const j=await r.json(); return [r.status, (performance.now()-t).toFixed(0)+'ms', j]};
const [a,b,l]=await get('/api/ledger-batches');
console.log(a,b,Array.isArray(l)?l.length:l, JSON.stringify(l[0]));
for (const x of (l.slice?.(0,3)??[])) console.log(x.area,x.stage,x.rows,JSON.stringify(x.counts));
if(l[0]) {const r=await get('/api/areas/'+l[0].areaId+'/residents?most=2'); console.log(r[0],r[1],JSON.stringify(r[2]).slice(0,600));
 const d=await get('/api/residents/'+r[2].rows[0].id); console.log(d[1],JSON.stringify(d[2]).slice(0,900));}
